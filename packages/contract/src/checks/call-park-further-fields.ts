import type { Check } from "../check.ts";
import { type Context, finding } from "../context.ts";
import { Contract, versionLines } from "../contract-document.ts";
import type { Finding } from "../finding.ts";
import { judgeAnswer } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { post } from "../marks.ts";
import type { VersionLine } from "../report.ts";
import { changes, guardOf, operation } from "../writing.ts";

const code = "call_park.post.further_fields";
const pointer = "#/components/schemas/CallParkUpdate";

/** Refused or ignored, either is lawful: what GET derives cannot be written, and what nobody documents has no effect. */
export const callParkFurtherFields: Check = {
  id: code,
  title: "POST /call_park writes no field that is not documented, and none that can only be read",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    const guard = guardOf(context);
    const further = {
      prompt_file_name: "callpark-made-up.wav",
      prompt_file_size: 1,
      prompt_file_url: "/api/blobs/callpark-made-up",
      callpark_unknown: "callpark",
    };
    const { exchange, after } = await guard.send(post(JSON.stringify({ ...guard.body(), ...further })));
    const findings =
      exchange.status >= 400
        ? judgeRefusal(context, { operation, code, what: "fields that are not documented", pointer }, exchange)
        : judgeAnswer(context, operation, code, exchange);
    const written = Object.entries(further).flatMap(([name, value]) => (after[name] === value ? [name] : []));
    if (written.length > 0)
      findings.push(
        finding(context, {
          code: `${code}.written`,
          operation,
          documented: "fields that are read only, or unknown, are refused or ignored",
          received: changes(guard.before, after, written),
          pointer,
          exchange,
        }),
      );
    return [...findings, ...(exchange.status < 300 ? await hidden(context) : [])];
  },
};

/**
 * Fields of the newest line that GET lacks: a PBX that takes what it does not know, and refuses a bad value of one of
 * these, knows it and hides it.
 */
const hidden = async (context: Context): Promise<Finding[]> => {
  if (context.versionSource !== "inferred") return [];
  const guard = guardOf(context);
  const newest = new Contract(versionLines.at(-1) as VersionLine);
  const known = context.contract.properties(context.contract.schema("CallPark"));
  const findings: Finding[] = [];
  for (const name of newest.properties(newest.schema("CallPark")).keys()) {
    if (known.has(name) || name in guard.before) continue;
    const { exchange } = await guard.send(post(JSON.stringify({ ...guard.body(), [name]: { callpark: true } })));
    if (exchange.status !== 400 && exchange.status !== 422) continue;
    findings.push(
      finding(context, {
        code: `call_park.get.${name}.hidden`,
        operation: "GET /call_park",
        documented: `${name}, from version ${newest.line} on`,
        received: `nothing, though POST /call_park knows it: status ${exchange.status} for a bad value, and none for a field that nobody knows`,
        pointer: `#/components/schemas/CallPark/properties/${name}`,
        exchange,
      }),
    );
  }
  return findings;
};
