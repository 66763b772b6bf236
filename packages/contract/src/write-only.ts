import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import type { Settings } from "./guard/settings.ts";

/** What can only be written was shown by versions before these, and must not be any more. */
export const writeOnly = (context: Context, code: string, settings: Settings): Finding[] =>
  [...context.contract.properties(context.contract.schema("CallParkUpdate"))]
    .filter(([name, [schema]]) => schema?.writeOnly === true && name in settings)
    .map(([name]) =>
      finding(context, {
        code: `${code}.${name}.shown`,
        operation: "GET /call_park",
        documented: `${name} is only written: no answer has it`,
        received: `an answer with ${name}`,
        pointer: `#/components/schemas/CallParkUpdate/properties/${name}/writeOnly`,
      }),
    );
