import { stateOf } from "../../reporters/summary.ts";
import type { FleetReport, TargetResult } from "../report.ts";

/** What became of a check at a target; undefined where it was not run there. */
export type Cell = ReturnType<typeof stateOf> | undefined;

/** The checks that are not the same good everywhere, by the targets. */
export interface Matrix {
  /** A target that passed every check of the rows has no column. */
  columns: TargetResult[];
  rows: { id: string; title: string; cells: Cell[] }[];
  /** Targets that ran and have no column. */
  others: number;
}

/**
 * What tells the targets apart, and what is wrong. A check that passed wherever it ran has no row, nor has one that was
 * skipped everywhere: the targets have their own reports for that.
 */
export const matrixOf = ({ checks, targets }: FleetReport): Matrix => {
  const ran = targets.filter((target) => target.checks.length > 0);
  const statuses = new Map(
    ran.map((target) => [target, new Map(target.checks.map((check) => [check.id, stateOf(check)]))]),
  );
  const cell = (target: TargetResult, id: string): Cell => statuses.get(target)?.get(id);
  const wanted = checks.filter(({ id }) => {
    const seen = new Set(ran.map((target) => cell(target, id)));
    return seen.has("failed") || seen.has("known") || seen.has("error") || (seen.has("passed") && seen.size > 1);
  });
  const columns = ran.filter((target) => wanted.some(({ id }) => cell(target, id) !== "passed"));
  return {
    columns,
    rows: wanted.map(({ id, title }) => ({ id, title, cells: columns.map((target) => cell(target, id)) })),
    others: ran.length - columns.length,
  };
};
