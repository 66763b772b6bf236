/** `npm run mock`: the mock alone until Ctrl-C. */
import { readFlags } from "./flags.ts";
import { serve } from "./serve.ts";
import { mock } from "./services.ts";

await serve((args) => [mock({ ...readFlags(args, { port: 4010 }), flag: "port" })]);
