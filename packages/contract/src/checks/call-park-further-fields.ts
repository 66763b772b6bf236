import type { Check } from "../check.ts";
import { finding } from "../context.ts";
import { judgeAnswer } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { post } from "../marks.ts";
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
    return findings;
  },
};
