import type { Check } from "../check.ts";
import { type Context, finding } from "../context.ts";
import { Contract, versionLines } from "../contract-document.ts";
import type { Finding } from "../finding.ts";
import { isSettings, type Settings } from "../guard/settings.ts";
import { judgeRead } from "../judge.ts";
import type { VersionLine } from "../report.ts";
import { writeOnly } from "../write-only.ts";

const operation = "GET /call_park";
const code = "call_park.get";

/** An inferred line may be too old a guess: what the newest one has besides is worth saying. */
const lacksOfTheNewest = (context: Context, settings: Settings): Finding[] => {
  const newest = new Contract(versionLines.at(-1) as VersionLine);
  return [...newest.properties(newest.schema("CallPark")).keys()]
    .filter(
      (name) => !(name in settings) && !context.contract.properties(context.contract.schema("CallPark")).has(name),
    )
    .map((name) =>
      finding(context, {
        code: `${code}.${name}.absent`,
        kind: "observation",
        operation,
        documented: `${name} from version ${newest.line} on`,
        received: `nothing, so ${context.contract.line} was inferred: name the version (--pbx-version) to be sure`,
        pointer: `#/components/schemas/CallPark/properties/${name}`,
      }),
    );
};

export const callParkBody: Check = {
  id: "call_park.get.body",
  title: "GET /call_park answers with the documented settings",
  operation,
  level: "read",
  run: async (context) => {
    const exchange = await context.session.once("/call_park");
    const findings = judgeRead(context, operation, code, exchange);
    if (!isSettings(exchange.json)) return findings;
    findings.push(...writeOnly(context, code, exchange.json));
    const documented = context.contract.properties(context.contract.schema("CallPark"));
    const written = context.contract.properties(context.contract.schema("CallParkUpdate"));
    const unknown = Object.keys(exchange.json).filter((name) => !documented.has(name) && !written.has(name));
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
    if (exchange.json["enabled"] === true && exchange.json["extension_number"] === null)
      findings.push(
        finding(context, {
          code: `${code}.extension_number.blank`,
          kind: "observation",
          operation,
          documented: "the number that users dial to reach the call park server",
          received: "null, though the server is enabled",
          pointer: "#/components/schemas/CallParkExtensionNumber",
        }),
      );
    if (context.versionSource === "inferred" && exchange.status === 200)
      findings.push(...lacksOfTheNewest(context, exchange.json));
    return findings;
  },
};
