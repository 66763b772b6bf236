import { count, restoredWords } from "../../reporters/summary.ts";
import { duration, plural } from "../../reporters/text.ts";
import type { TargetResult } from "../report.ts";

/** How it went at a target, in a line. */
export const targetWords = (target: TargetResult): string => {
  // A command on a line of its own goes on in the same one here.
  if (target.error !== undefined) return target.error.replace(/\s*\n\s*/g, " ");
  const { passed, failed, known, error, skipped } = count(target.checks);
  const line = [
    `${passed} passed`,
    `${failed} failed`,
    ...(known > 0 ? [`${known} known`] : []),
    plural(error, "error"),
    `${skipped} skipped`,
  ];
  return [...line, plural(target.requests, "request"), duration(target.duration), restoredWords(target)].join(", ");
};
