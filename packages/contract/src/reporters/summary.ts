import type { Finding } from "../finding.ts";
import { type CheckResult, type CheckStatus, failsRun, type Report, type RestoreResult } from "../report.ts";
import { groupBy } from "./group-by.ts";
import { duration, plural } from "./text.ts";

export interface Counts {
  passed: number;
  /** Without those that fail only as is known. */
  failed: number;
  known: number;
  error: number;
  skipped: number;
  observations: number;
}

export const findingsOf = ({ findings }: CheckResult): Finding[] => findings.filter(({ kind }) => kind === "finding");

export const observationsOf = ({ findings }: Pick<CheckResult, "findings">): Finding[] =>
  findings.filter(({ kind }) => kind === "observation");

/** What counting looks at: whole results have more. */
type CountedCheck = Pick<CheckResult, "status" | "findings">;

/** How a check went, for the run: one that fails only as is known does not fail it. */
export const stateOf = (check: CountedCheck): CheckStatus | "known" =>
  check.status === "failed" && !failsRun(check) ? "known" : check.status;

export const count = (checks: readonly CountedCheck[]): Counts => {
  const counts: Counts = { passed: 0, failed: 0, known: 0, error: 0, skipped: 0, observations: 0 };
  for (const check of checks) {
    counts[stateOf(check)] += 1;
    counts.observations += observationsOf(check).length;
  }
  return counts;
};

/** The checks of each operation, in the order of the run. */
export const byOperation = <Check extends Pick<CheckResult, "operation">>(
  checks: readonly Check[],
): Map<string, Check[]> => groupBy(checks, ({ operation }) => operation);

/** Skipped checks under their reason: many share one. */
export const skippedByReason = (checks: readonly CheckResult[]): Map<string, CheckResult[]> =>
  groupBy(
    checks.filter(({ status }) => status === "skipped"),
    ({ reason }) => reason ?? "no reason given",
  );

const RESTORED: Record<RestoreResult["status"], string> = {
  "not-needed": "nothing changed",
  restored: "restored",
  failed: "NOT RESTORED",
};

export const restoredWords = ({ restore }: Pick<Report, "restore">): string => RESTORED[restore.status];

/** The last line of a report. */
export const totals = (report: Report): string => {
  const { passed, failed, known, error, skipped, observations } = count(report.checks);
  const counted = [
    `${passed} passed`,
    `${failed} failed`,
    ...(report.baseline ? [`${known} known`] : []),
    plural(error, "error"),
    `${skipped} skipped`,
    plural(observations, "observation"),
    plural(report.requests, "request"),
  ];
  return [...counted, duration(report.duration), restoredWords(report)].join(", ");
};
