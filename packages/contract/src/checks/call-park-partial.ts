import { isDeepStrictEqual } from "node:util";
import type { Check } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { concernsPrompt } from "../guard/settings.ts";
import { shown } from "../judge.ts";
import { pointerOf, type Time, unusual } from "../marks.ts";
import { expectAccepted, guardOf, operation } from "../writing.ts";

const code = "call_park.post.partial";
const pointer = "#/components/schemas/CallParkUpdate";

/** What a POST did to the fields that it did not name: kept or reset, either is lawful. */
const leftOut = (context: Context, names: Iterable<string>): Finding[] => {
  const lost = [...new Set(names)];
  if (lost.length === 0) return [];
  return [
    finding(context, {
      code: `${code}.fields_left_out`,
      kind: "observation",
      operation,
      documented: "whether a field left out keeps its value is not documented",
      received: `${lost.join(", ")} did not keep theirs`,
      pointer,
    }),
  ];
};

export const callParkPartial: Check = {
  id: code,
  title: "POST /call_park accepts one field alone, or none",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    const guard = guardOf(context);
    const findings: Finding[] = [];
    const lost = new Set<string>();
    /** What a field that was left out went back to, the first time. */
    const resets = new Map<string, unknown>();
    /** Answers with the fields that it did not name and that moved. */
    const alone = async (wanted: Record<string, unknown>, what: string, end: string, rule?: string) => {
      const was = await guard.current();
      const result = await expectAccepted(context, {
        code: `${code}.${end}`,
        wanted,
        what,
        pointer: rule ?? pointer,
        alone: true,
      });
      findings.push(...result.findings);
      const { after } = result.written;
      const moved = guard.differences(was, after).filter((one) => !(one in wanted));
      for (const name of moved) {
        lost.add(name);
        if (resets.has(name) && !isDeepStrictEqual(resets.get(name), after[name]) && !concernsPrompt(name))
          findings.push(
            finding(context, {
              code: `${code}.${end}.others`,
              operation,
              documented: "a field left out keeps its value or goes back to its one default",
              received: `${name} went to ${shown(resets.get(name))}, and now to ${shown(after[name])}`,
              pointer,
              exchange: result.written.exchange,
            }),
          );
        resets.set(name, after[name]);
      }
      return moved;
    };
    const field: Time = "recall_time";
    if (field in guard.body())
      await alone({ [field]: unusual(context, field, 20) }, `${field} alone`, field, pointerOf(field, "type"));
    const moved = await alone({}, "a body without any field", "none");
    // What goes back to its default once is there already the second time.
    if (moved.some((name) => !concernsPrompt(name))) await alone({}, "a body without any field, again", "none");
    return [...findings, ...leftOut(context, lost)];
  },
};
