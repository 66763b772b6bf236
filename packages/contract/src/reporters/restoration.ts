import { keepCurrent } from "../report.ts";
import type { Restoration } from "../restore.ts";
import { isLeaving, restoreParts } from "./restore.ts";
import { printableLines } from "./text.ts";

/** What came of a restore, for people: one line where all is well, all that there is to know where it is not. */
export const restorationReport = ({ notes, ...finished }: Restoration): string =>
  printable([wordsOf(finished), ...notes].join("\n"));

const wordsOf = ({ status, run, result }: Omit<Restoration, "notes">): string => {
  if (run === undefined || result === undefined) return "Nothing to restore.";
  const which = `run ${run.runId} of ${run.startedAt} on ${run.url}, tenant ${run.tenant.name}`;
  const detail = result.detail ?? "";
  if (status !== "failed") return `Restored: ${which}. ${detail}`;
  const block = (title: string, text: string) => `  ${title}:\n    ${text.replaceAll("\n", "\n    ")}`;
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
