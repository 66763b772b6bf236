import { type Report, withinLevel } from "../report.ts";
import { count, restoredWords } from "./summary.ts";
import { duration, plural } from "./text.ts";

export interface Verdict {
  tone: "good" | "bad" | "unsure";
  title: string;
  sentence: string;
}

/** What a run is called that fails only as its baseline knows. */
export const CONFORMS_BUT_KNOWN = "Conforms, but for what is known";

/** Where more than this part of its checks could not be made, a run proves too little to say it in one word. */
const mostSkipped = 1 / 3;

/** The run in two words and a sentence, the gravest thing first (as in `exitCodeOf`). */
export const verdictOf = (report: Report): Verdict => {
  const { passed, failed, known, error } = count(report.checks);
  if (report.restore.status === "failed") {
    return { tone: "bad", title: "Not restored", sentence: notRestored(report) };
  }
  if (report.interrupted) {
    return { tone: "unsure", title: "Interrupted", sentence: "The run ended early: part of the checks did not run." };
  }
  if (failed > 0) {
    return { tone: "bad", title: "Does not conform", sentence: `${plural(failed, "check")} failed.` };
  }
  if (error > 0) {
    return { tone: "bad", title: "Not finished", sentence: `${plural(error, "check")} could not be finished.` };
  }
  if (known > 0) {
    const sentence = `${plural(known, "check")} failed, as the baseline knows; ${passed} passed.`;
    return { tone: "good", title: CONFORMS_BUT_KNOWN, sentence };
  }
  if (passed === 0) return { tone: "unsure", title: "Nothing checked", sentence: "No check ran: see why below." };
  const possible = withinLevel(report.checks);
  const { skipped } = count(possible);
  if (skipped > possible.length * mostSkipped) {
    const sentence = `Every check that ran passed (${passed}), but ${skipped} of ${possible.length} could not be made here.`;
    return { tone: "good", title: "Conforms, as far as it was checked", sentence };
  }
  return { tone: "good", title: "Conforms", sentence: `Every check that ran passed (${passed}).` };
};

/** What a run may change. */
export const WRITES: Record<Report["write"], string> = {
  none: "none: this run only read",
  safe: "safe: the two recall times",
  full: "full: every setting",
};

/** What was checked, as facts with a name: the head of every report. */
export const factsOf = (report: Report): [name: string, value: string][] => {
  const { target, pbxVersion, tool } = report;
  const id = target.tenant?.id === undefined ? "" : ` (${target.tenant.id})`;
  return [
    ["PBX", target.embedded ? `${target.url} (the embedded sandbox)` : target.url],
    ...(target.tenant ? ([["Tenant", `${target.tenant.name}${id}`]] satisfies [string, string][]) : []),
    ["Version", `${pbxVersion.line}, ${sourceOf(pbxVersion)}`],
    ["Writes", WRITES[report.write]],
    ["Settings", restoredWords(report)],
    ["Run", `${report.startedAt}, ${duration(report.duration)}`],
    ["Checked by", `${tool.name} ${tool.version}`],
  ];
};

const SOURCES = { status: "said by the PBX", inferred: "inferred", assumed: "assumed, as the PBX does not tell" };

const sourceOf = ({ source, reason }: Report["pbxVersion"]): string => {
  if (source === "option") return "as the run was told";
  return `${SOURCES[source]}: ${reason}`;
};

/** What can be said of settings that were not put back, or not seen again. */
export const notRestored = ({ restore }: Report): string => {
  if (restore.before === undefined) return "The PBX has its own settings back, but something else is not as it was.";
  return restore.now === undefined
    ? "It could not be proved that the PBX has its own settings back."
    : "The PBX does not have its own settings back.";
};
