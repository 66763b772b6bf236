import { groupBy } from "../../reporters/group-by.ts";
import { stateOf } from "../../reporters/summary.ts";
import { plural } from "../../reporters/text.ts";
import { CONFORMS_BUT_KNOWN, type Verdict } from "../../reporters/verdict.ts";
import { exitCodeOfFleet, type FleetExitCode, type FleetReport, type TargetResult } from "../report.ts";

interface Words {
  title: string;
  tone: Verdict["tone"];
  /** What so many targets are. */
  rest: string;
}

const WORDS: Record<FleetExitCode, Words> = {
  4: { title: "Not restored", tone: "bad", rest: "not restored" },
  130: { title: "Interrupted", tone: "unsure", rest: "interrupted" },
  1: { title: "Does not conform", tone: "bad", rest: "not conforming" },
  3: { title: "Not reached", tone: "bad", rest: "not reached" },
  2: { title: "Not configured", tone: "bad", rest: "not configured" },
  0: { title: "Conforms", tone: "good", rest: "conforming" },
};

const KNOWN: Words = { title: CONFORMS_BUT_KNOWN, tone: "good", rest: "conforming but for what is known" };
const REFUSED: Words = { title: "Not let in", tone: "bad", rest: "not let in" };

/** The gravest first. */
const order: Words[] = [WORDS[4], WORDS[130], WORDS[1], WORDS[3], REFUSED, WORDS[2], KNOWN, WORDS[0]];

const wordsOf = ({ exitCode, refused, checks }: TargetResult): Words => {
  if (refused) return REFUSED;
  return exitCode === 0 && checks.some((check) => stateOf(check) === "known") ? KNOWN : WORDS[exitCode];
};

/** What became of a target, in two words. */
export const titleOf = (target: TargetResult): { title: string; tone: Verdict["tone"] } => {
  const { exitCode, error, checks } = target;
  if (exitCode === 1 && error !== undefined) return { title: "Crashed", tone: "bad" };
  if (exitCode === 1 && !checks.some(({ status }) => status === "failed"))
    return { title: "Not finished", tone: "bad" };
  if (exitCode === 0 && !checks.some((check) => ["passed", "known"].includes(stateOf(check))))
    return { title: "Nothing checked", tone: "unsure" };
  return wordsOf(target);
};

/** The targets by what became of them, the gravest first. */
export const byGravity = (targets: readonly TargetResult[]): [title: string, targets: TargetResult[]][] => {
  const sorted = targets.toSorted((one, other) => order.indexOf(wordsOf(one)) - order.indexOf(wordsOf(other)));
  return [...groupBy(sorted, (target) => titleOf(target).title)];
};

/** The fleet in two words and a sentence: how many targets, and what became of them, the gravest first. */
export const verdictOfFleet = (report: FleetReport): Verdict => {
  const { targets, missingShards } = report;
  const words = targets.map(wordsOf);
  const counted = order.flatMap((one) => {
    const count = words.filter((own) => own === one).length;
    return count === 0 ? [] : [`${count} ${one.rest}`];
  });
  const hosts = new Set(targets.map(({ url }) => url)).size;
  const missing = missingShards.map(({ index, count }) => `${index}/${count}`);
  const sentence = [
    `${plural(targets.length, "target")} on ${plural(hosts, "host")}${targets.length === 0 ? "" : `: ${counted.join(", ")}`}`,
    ...(missing.length === 0 ? [] : [`${plural(missing.length, "shard")} missing (${missing.join(", ")})`]),
  ].join("; ");
  if (targets.length === 0 && missing.length === 0) return { title: "No targets", tone: "unsure", sentence };
  const code = exitCodeOfFleet(report);
  const isIncomplete = missing.length > 0 && code === 1 && !targets.some(({ exitCode }) => exitCode === 1);
  if (isIncomplete) return { title: "Incomplete", tone: "bad", sentence };
  const { title, tone } = order.find((one) => words.includes(one)) ?? WORDS[code];
  return { title, tone, sentence };
};
