import { keepCurrent } from "../report.ts";
import type { Restoration } from "../restore.ts";
import { changedLines, isLeaving, restoreParts } from "./restore.ts";
import { printableLines } from "./text.ts";

/** What came of a restore, for people: one line where all is well, all that there is to know where it is not. */
export const restorationReport = ({ notes, ...finished }: Restoration): string =>
  printable([wordsOf(finished), ...notes].join("\n"));

const wordsOf = ({ status, run, result, kept }: Omit<Restoration, "notes">): string => {
  if (run === undefined || result === undefined) return "Nothing to restore.";
  const which = `run ${run.runId} of ${run.startedAt} on ${run.url}, tenant ${run.tenant.name}`;
  const detail = result.detail ?? "";
  const block = (title: string, text: string) => `  ${title}:\n    ${text.replaceAll("\n", "\n    ")}`;
  if (kept)
    return [
      `Not put back, as you wished, and done with: ${which}. ${detail}`,
      ...(kept.byRun.length === 0 ? [] : [block("Left as the run set it", changedLines(kept.byRun))]),
      ...(kept.byOthers.length === 0
        ? []
        : [block("Left as somebody else, or the PBX by itself, set it", changedLines(kept.byOthers))]),
    ].join("\n");
  if (status !== "failed") return `Restored: ${which}. ${detail}`;
  return [
    `NOT RESTORED: ${which}.`,
    `  ${detail}`,
    ...restoreParts(result).map(([title, text]) => block(title, text)),
    `  The journal is kept: ${run.journal}`,
    ...(isLeaving(result.command) ? [] : [`  To leave what is there now: ${result.command} ${keepCurrent}`]),
  ].join("\n");
};

/** What a PBX sent must not move the cursor. */
const printable = (text: string): string => `${printableLines(text)}\n`;
