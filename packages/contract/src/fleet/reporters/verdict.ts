import { stateOf } from "../../reporters/summary.ts";
import { plural } from "../../reporters/text.ts";
import type { Verdict } from "../../reporters/verdict.ts";
import { exitCodeOfFleet, type FleetExitCode, type FleetReport, type TargetResult } from "../report.ts";

const WORDS: Record<FleetExitCode, { title: string; tone: Verdict["tone"]; rest: string }> = {
  4: { title: "Not restored", tone: "bad", rest: "not restored" },
  130: { title: "Interrupted", tone: "unsure", rest: "interrupted" },
  1: { title: "Does not conform", tone: "bad", rest: "not conforming" },
  3: { title: "Not reached", tone: "bad", rest: "not reached" },
  2: { title: "Not configured", tone: "bad", rest: "not configured" },
  0: { title: "Conforms", tone: "good", rest: "conforming" },
};

const order: FleetExitCode[] = [4, 130, 1, 3, 2, 0];

/** What became of a target, in two words. */
export const titleOf = ({ exitCode, error, checks }: TargetResult): { title: string; tone: Verdict["tone"] } => {
  if (exitCode === 1 && error !== undefined) return { title: "Crashed", tone: "bad" };
  if (exitCode === 1 && !checks.some(({ status }) => status === "failed"))
    return { title: "Not finished", tone: "bad" };
  if (exitCode === 0 && !checks.some((check) => ["passed", "known"].includes(stateOf(check))))
    return { title: "Nothing checked", tone: "unsure" };
  return WORDS[exitCode];
};

/** The fleet in two words and a sentence: how many targets, and what became of them, the gravest first. */
export const verdictOfFleet = (report: FleetReport): Verdict => {
  const { targets, missingShards } = report;
  const counted = order.flatMap((code) => {
    const count = targets.filter(({ exitCode }) => exitCode === code).length;
    return count === 0 ? [] : [`${count} ${WORDS[code].rest}`];
  });
  const hosts = new Set(targets.map(({ url }) => url)).size;
  const missing = missingShards.map(({ index, count }) => `${index}/${count}`);
  const sentence = [
    `${plural(targets.length, "target")} on ${plural(hosts, "host")}${targets.length === 0 ? "" : `: ${counted.join(", ")}`}`,
    ...(missing.length === 0 ? [] : [`${plural(missing.length, "shard")} missing (${missing.join(", ")})`]),
  ].join("; ");
  if (targets.length === 0 && missing.length === 0) return { title: "No targets", tone: "unsure", sentence };
  const worst = WORDS[exitCodeOfFleet(report)];
  const isIncomplete = missing.length > 0 && worst === WORDS[1] && !targets.some(({ exitCode }) => exitCode === 1);
  return { ...(isIncomplete ? { title: "Incomplete", tone: "bad" } : worst), sentence };
};
