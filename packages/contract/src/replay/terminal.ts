import { restoredWords } from "../reporters/summary.ts";
import { duration, plural, printable } from "../reporters/text.ts";
import type { Outcome, Replayed } from "./outcome.ts";

const WORDS = { fails: "still fails", fixed: "fixed", unknown: "not known" };
const LONGEST = 300;

/** What became of the findings, for people. */
export const replayReport = (replayed: Replayed): string => {
  const { outcomes, fresh, run } = replayed;
  const parts = [
    ...outcomes.map(block),
    ...fresh.map(({ code, documented, received }) => `${printable(code)}: new\n${rows({ documented, received })}`),
    last(replayed),
  ];
  const failed = run.restore.status === "failed" ? [`NOT RESTORED: ${printable(run.restore.detail ?? "")}`] : [];
  return `${[...failed, ...parts].join("\n\n")}\n`;
};

const block = ({ finding, state, now, reason, answer }: Outcome): string => {
  const { documented, received } = now ?? finding;
  const text = answer && answer.text.length > LONGEST ? `${answer.text.slice(0, LONGEST)}…` : answer?.text;
  return `${printable(finding.code)}: ${WORDS[state]}\n${rows({
    documented,
    ...(state === "fails" ? { received } : { "was received": received }),
    ...(reason !== undefined && { why: reason }),
    ...(answer && { answered: `${answer.status} ${text}` }),
  })}`;
};

const rows = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => `  ${name.padEnd(12)}  ${printable(value)}`)
    .join("\n");

const last = ({ outcomes, fresh, run }: Replayed): string => {
  const number = (state: Outcome["state"]) => outcomes.filter((outcome) => outcome.state === state).length;
  return [
    `${plural(outcomes.length, "finding")}: ${number("fixed")} fixed`,
    `${number("fails")} still failing`,
    `${number("unknown")} not known`,
    ...(fresh.length > 0 ? [`${fresh.length} new`] : []),
    plural(run.requests, "request"),
    duration(run.duration),
    restoredWords(run),
  ].join(", ");
};
