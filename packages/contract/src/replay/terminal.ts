import { alikeIn, moreOf, toldOnce } from "../reporters/alike.ts";
import { groupBy } from "../reporters/group-by.ts";
import { restoredWords } from "../reporters/summary.ts";
import { duration, plural, printable } from "../reporters/text.ts";
import type { Outcome, Replayed } from "./outcome.ts";

const WORDS = { fails: "still fails", fixed: "fixed", unknown: "not known" };
const LONGEST = 300;

/** What became of the findings, for people. */
export const replayReport = (replayed: Replayed): string => {
  const { outcomes, fresh, run } = replayed;
  const parts = [
    ...folded(outcomes).map(block),
    ...fresh.map(({ code, documented, received }) => `${printable(code)}: new\n${rows({ documented, received })}`),
    last(replayed),
  ];
  const failed = run.restore.status === "failed" ? [`NOT RESTORED: ${printable(run.restore.detail ?? "")}`] : [];
  return `${[...failed, ...parts].join("\n\n")}\n`;
};

interface Told extends Outcome {
  /** How many more say the same. */
  more?: string;
}

/** What many findings say alike, and has become the same of all of them, is told once. */
const folded = (outcomes: readonly Outcome[]): Told[] =>
  [...groupBy(outcomes, ({ state, reason }) => JSON.stringify([state, reason])).values()].flatMap((group) => {
    // As it is now, each an object of its own: one finding of now may stand for more of the report.
    const shown = new Map(group.map((outcome) => [{ ...(outcome.now ?? outcome.finding) }, outcome]));
    const checks = groupBy([...shown], ([, { check }]) => check);
    const alike = alikeIn(
      [...checks.values()].map((own) => ({
        operation: own[0]?.[0].operation ?? "",
        status: "failed",
        findings: own.map(([finding]) => finding),
      })),
    );
    return toldOnce([...shown.keys()], alike).told.map((finding) => {
      const others = alike.get(finding);
      return { ...(shown.get(finding) as Outcome), ...(others && { more: moreOf(others) }) };
    });
  });

const block = ({ finding, state, now, reason, answer, more }: Told): string => {
  const { documented, received } = now ?? finding;
  const text = answer && answer.text.length > LONGEST ? `${answer.text.slice(0, LONGEST)}…` : answer?.text;
  return `${printable(finding.code)}: ${WORDS[state]}\n${rows({
    documented,
    ...(state === "fails" ? { received } : { "was received": received }),
    ...(reason !== undefined && { why: reason }),
    ...(answer && { answered: `${answer.status} ${text}` }),
    ...(more !== undefined && { alike: more }),
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
