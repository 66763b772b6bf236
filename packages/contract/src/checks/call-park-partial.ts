import type { Check } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { judgeAnswer, shown } from "../judge.ts";
import { guardOf, operation } from "../writing.ts";

const code = "call_park.post.partial";
const times = { recall_time: "RecallTime", recall_ring_group_time: "RecallRingGroupTime" } as const;

export const callParkPartial: Check = {
  id: code,
  title: "POST /call_park accepts one field alone",
  operation,
  level: "full",
  run: async (context) => {
    const findings: Finding[] = [];
    const reset = new Set<string>();
    for (const field of ["recall_time", "recall_ring_group_time"] as const) {
      findings.push(...(await alone(context, field, reset)));
      await guardOf(context).undo();
    }
    if (reset.size > 0)
      findings.push(
        finding(context, {
          code: `${code}.fields_left_out`,
          kind: "observation",
          operation,
          documented: "whether a field left out keeps its value is not documented",
          received: `${[...reset].join(", ")} did not keep theirs`,
          pointer: "#/components/schemas/CallParkUpdate",
        }),
      );
    return findings;
  },
};

const alone = async (context: Context, field: keyof typeof times, reset: Set<string>): Promise<Finding[]> => {
  const guard = guardOf(context);
  const { minimum, "x-contradicted-maximum": contradicted, maximum } = context.contract.schema(times[field]);
  const value = guard.before[field] === minimum ? (contradicted ?? maximum) : minimum;
  const { exchange, after } = await guard.write({ [field]: value });
  for (const name of guard.differences(guard.before, after)) if (name !== field) reset.add(name);
  const findings = judgeAnswer(context, operation, code, exchange);
  if (exchange.status >= 300 || after[field] !== value)
    findings.push(
      finding(context, {
        code: `${code}.${field}`,
        operation,
        documented: `no field is required, and ${field} reads back as ${shown(value)}`,
        received: `status ${exchange.status}, and it reads ${shown(after[field])}`,
        pointer: "#/components/schemas/CallParkUpdate",
        exchange,
      }),
    );
  return findings;
};
