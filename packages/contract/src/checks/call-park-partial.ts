import type { Check } from "../check.ts";
import { finding } from "../context.ts";
import { differences } from "../guard/settings.ts";
import { judgeAnswer, shown } from "../judge.ts";
import { guardOf, operation } from "../writing.ts";

const code = "call_park.post.partial";

export const callParkPartial: Check = {
  id: code,
  title: "POST /call_park accepts one field alone",
  operation,
  level: "full",
  run: async (context) => {
    const guard = guardOf(context);
    const { minimum, maximum } = context.contract.schema("RecallTime");
    const value = guard.before["recall_time"] === minimum ? maximum : minimum;
    const { exchange, after } = await guard.write({ recall_time: value });
    const findings = judgeAnswer(context, operation, code, exchange);
    if (exchange.status !== 200 || after["recall_time"] !== value)
      findings.push(
        finding(context, {
          code: `${code}.recall_time`,
          operation,
          documented: `no field is required, and recall_time reads back as ${shown(value)}`,
          received: `status ${exchange.status}, and it reads ${shown(after["recall_time"])}`,
          pointer: "#/components/schemas/CallParkUpdate",
          exchange,
        }),
      );
    const reset = differences(guard.before, after).filter((name) => name !== "recall_time");
    if (reset.length > 0)
      findings.push(
        finding(context, {
          code: `${code}.fields_left_out`,
          kind: "observation",
          operation,
          documented: "whether a field left out keeps its value is not documented",
          received: `${reset.join(", ")} did not keep theirs`,
          pointer: "#/components/schemas/CallParkUpdate",
        }),
      );
    return findings;
  },
};
