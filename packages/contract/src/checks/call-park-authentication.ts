import { type BadCredentials, badCredentials } from "../bad-credentials.ts";
import { type Check, Skip } from "../check.ts";
import { finding } from "../context.ts";
import { judgeRefusal } from "../judge-refusal.ts";

const operation = "GET /call_park";

const refuses = (credentials: BadCredentials): Check => ({
  id: `call_park.get.authentication.${credentials.id}`,
  title: `GET /call_park refuses ${credentials.what}`,
  operation,
  level: "read",
  run: async (context) => {
    const { what, statuses = [401, 403], lack = "This token cannot be spoilt so." } = credentials;
    const code = `call_park.get.authentication.${credentials.id}`;
    const spoilt = context.session.spoilt(credentials);
    if (spoilt === undefined) throw new Skip(lack);
    const ask = () => context.session.sendAs({ method: "GET", path: "/call_park", ...spoilt });
    const first = await ask();
    // Once more where nothing else comes so cheap: a PBX may let every other one in.
    const exchange = credentials.id === "none" && first.status >= 400 ? await ask() : first;
    const findings = judgeRefusal(context, { operation, code, what, because: "credentials", statuses }, exchange);
    const leaked = [...context.contract.properties(context.contract.schema("CallPark")).keys()].filter((name) =>
      exchange.text.includes(`"${name}"`),
    );
    if (exchange.status >= 300 && leaked.length > 0)
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
