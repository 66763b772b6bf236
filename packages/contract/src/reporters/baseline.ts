import type { BaselineEntry, BaselineResult, Report } from "../report.ts";
import { count } from "./summary.ts";
import { plural } from "./text.ts";

/** What somebody has to do about the baseline of a run. */
export const baselineLines = ({ baseline, checks }: Report): string[] => {
  if (baseline === undefined) return [];
  const unmade = count(checks).skipped + (baseline.unchosen ?? 0);
  return linesOfBaseline(baseline, unmade > 0 ? [`${plural(unmade, "check")} did not run`] : []);
};

/** A baseline's entries past their date, and those that matched nothing, with what may be why. */
export const linesOfBaseline = ({ file, expired, stale }: BaselineResult, unchecked: readonly string[]): string[] => {
  const where = ({ line }: BaselineEntry) => `${file}:${line}`;
  const but = unchecked.length > 0 ? ` (but ${unchecked.join(", and ")})` : "";
  return [
    ...expired.map(
      (entry) => `${where(entry)}: ${entry.code} was known until ${entry.until} (${entry.owner}), and fails again`,
    ),
    ...stale.map((entry) => `${where(entry)}: ${entry.code} was not found: take it out${but}`),
  ];
};
