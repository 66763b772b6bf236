import type { Finding } from "../../finding.ts";
import { type Alike, alikeIn } from "../../reporters/alike.ts";
import { groupBy } from "../../reporters/group-by.ts";
import { stateOf } from "../../reporters/summary.ts";
import type { FleetReport } from "../report.ts";
import { sharedFindings } from "./findings.ts";
import { matrixOf } from "./matrix.ts";

/** What became of a check, and the targets where it did. */
export interface StateAcross {
  state: ReturnType<typeof stateOf>;
  reason?: string;
  targets: string[];
}

/** A finding by its code, wherever it is, and what was received where. */
export interface FindingAcross {
  /** The first one. */
  finding: Finding;
  targets: string[];
  received: { text: string; targets: string[] }[];
}

/** A check that is not the same good everywhere, across the fleet. */
export interface CheckAcross {
  id: string;
  title: string;
  operation: string;
  /** The gravest first. */
  states: StateAcross[];
  findings: FindingAcross[];
}

const gravity: StateAcross["state"][] = ["failed", "error", "known", "passed", "skipped"];

/** The checks of the matrix, each with its targets: what a page can show of any number of them. */
export const checksAcross = (report: FleetReport): CheckAcross[] => {
  const operations = new Map(report.checks.map(({ id, operation }) => [id, operation]));
  const shared = groupBy(sharedFindings(report), ({ check }) => check);
  return matrixOf(report).rows.map(({ id, title }) => ({
    id,
    title,
    operation: operations.get(id) ?? "",
    states: statesOf(report, id),
    findings: [...groupBy(shared.get(id) ?? [], keyOf).values()].map(across),
  }));
};

/** The findings that many others are like, in the same check or in others. */
export const alikeAcross = (rows: readonly CheckAcross[]): ReadonlyMap<Finding, Alike> =>
  alikeIn(
    rows.map(({ operation, findings }) => ({
      operation,
      status: "failed",
      findings: findings.map(({ finding }) => finding),
    })),
  );

const statesOf = ({ targets }: FleetReport, id: string): StateAcross[] => {
  const states = new Map<string, StateAcross>();
  for (const { name, checks } of targets)
    for (const check of checks) {
      if (check.id !== id) continue;
      const { reason } = check;
      const state = stateOf(check);
      const key = `${state} ${reason ?? ""}`;
      const known = states.get(key);
      if (known) known.targets.push(name);
      else states.set(key, { state, ...(reason !== undefined && { reason }), targets: [name] });
    }
  return [...states.values()].toSorted((one, other) => gravity.indexOf(one.state) - gravity.indexOf(other.state));
};

type Shared = ReturnType<typeof sharedFindings>[number];

/** What was received is another thing at every target, often: a size, a made-up value. */
const keyOf = ({ finding: { code, documented } }: Shared): string => JSON.stringify([code, documented]);

const across = (group: Shared[]): FindingAcross => ({
  finding: (group[0] as Shared).finding,
  targets: [...new Set(group.flatMap(({ targets }) => targets))],
  received: group.map(({ finding, targets }) => ({ text: finding.received, targets })),
});
