/** `npm run dev`: sandbox, mock and docs in one process until Ctrl-C. */
import { readFlags } from "./flags.ts";
import { serve } from "./serve.ts";
import { docs, mock, sandbox } from "./services.ts";

await serve((args) => {
  const flags = readFlags(args, { "sandbox-port": 8887, "mock-port": 4010, "docs-port": 8080, host: "127.0.0.1" });
  const { host } = flags;
  return [
    sandbox({ host, port: flags["sandbox-port"], flag: "sandbox-port" }),
    mock({ port: flags["mock-port"], flag: "mock-port" }),
    docs({ host, port: flags["docs-port"], flag: "docs-port" }),
  ];
});
