import { type BadCredentials, badCredentials } from "../bad-credentials.ts";
import type { Check } from "../check.ts";
import { finding } from "../context.ts";
import { judgeRefusal } from "../judge.ts";

const operation = "GET /call_park";

const refuses = ({ id, what, headers }: BadCredentials): Check => ({
  id: `call_park.get.authentication.${id}`,
  title: `GET /call_park refuses ${what}`,
  operation,
  level: "read",
  run: async (context) => {
    const code = `call_park.get.authentication.${id}`;
    const exchange = await context.session.sendAs({ method: "GET", path: "/call_park", headers });
    const findings = judgeRefusal(context, operation, code, exchange, what);
    const leaked = [...context.contract.properties(context.contract.schema("CallPark")).keys()].filter((name) =>
      exchange.text.includes(`"${name}"`),
    );
    if (exchange.status >= 400 && leaked.length > 0)
      findings.push(
        finding(context, {
          code: `${code}.leak`,
          operation,
          documented: "a refusal says nothing of the settings",
          received: leaked.join(", "),
          pointer: "#/components/responses/Unauthorized",
          exchange,
        }),
      );
    return findings;
  },
});

export const callParkAuthentication: readonly Check[] = badCredentials.map(refuses);
