import type { Check } from "../check.ts";
import { finding } from "../context.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeAnswer, pathPointer } from "../judge.ts";

const operation = "GET /call_park";
const code = "call_park.get";

export const callParkBody: Check = {
  id: "call_park.get.body",
  title: "GET /call_park answers with the documented settings",
  operation,
  level: "read",
  run: async (context) => {
    const exchange = await context.session.once("/call_park");
    const findings = judgeAnswer(context, operation, code, exchange);
    if (exchange.status !== 200 && findings.length === 0)
      findings.push(
        finding(context, {
          code: `${code}.status`,
          operation,
          documented: "200 for a user of the tenant",
          received: `status ${exchange.status}`,
          pointer: pathPointer(operation),
          exchange,
        }),
      );
    if (!isSettings(exchange.json)) return findings;
    const documented = context.contract.properties(context.contract.schema("CallPark"));
    const unknown = Object.keys(exchange.json).filter((name) => !documented.has(name));
    if (unknown.length > 0)
      findings.push(
        finding(context, {
          code: `${code}.unknown_fields`,
          kind: "observation",
          operation,
          documented: "further fields are allowed",
          received: unknown.join(", "),
          pointer: "#/components/schemas/CallPark",
        }),
      );
    return findings;
  },
};
