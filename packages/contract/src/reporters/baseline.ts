import type { BaselineEntry, Report } from "../report.ts";
import { count } from "./summary.ts";
import { plural } from "./text.ts";

/** What somebody has to do about the baseline: its entries past their date, and those that matched nothing. */
export const baselineLines = ({ baseline, checks }: Report): string[] => {
  if (baseline === undefined) return [];
  const { skipped } = count(checks);
  const unchecked = skipped > 0 ? ` (but ${plural(skipped, "check")} did not run)` : "";
  const where = ({ line }: BaselineEntry) => `${baseline.file}:${line}`;
  return [
    ...baseline.expired.map(
      (entry) => `${where(entry)}: ${entry.code} was known until ${entry.until} (${entry.owner}), and fails again`,
    ),
    ...baseline.stale.map((entry) => `${where(entry)}: ${entry.code} was not found: take it out${unchecked}`),
  ];
};
