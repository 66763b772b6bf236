import type { BaselineResult } from "../../report.ts";
import { linesOfBaseline } from "../../reporters/baseline.ts";
import { plural } from "../../reporters/text.ts";
import type { FleetReport } from "../report.ts";

/** What somebody has to do about the baselines. */
export const fleetBaselineLines = (report: FleetReport): string[] =>
  (report.baselines ?? []).flatMap((baseline) => linesOfBaseline(baseline, unchecked(report, baseline)));

/** What could have found a stale entry, and was not there to do so. */
const unchecked = ({ checks, targets, missingShards }: FleetReport, { unchosen = 0 }: BaselineResult): string[] => {
  const made = new Set(
    targets.flatMap((target) => target.checks.flatMap(({ id, status }) => (status === "skipped" ? [] : [id]))),
  );
  const unmade = checks.filter(({ id }) => !made.has(id)).length + unchosen;
  const without = targets.filter(({ error }) => error !== undefined).length;
  return [
    ...(unmade > 0 ? [`${plural(unmade, "check")} did not run`] : []),
    ...(without > 0 ? [`${plural(without, "target")} had no run`] : []),
    ...(missingShards.length > 0 ? [`${plural(missingShards.length, "shard")} missing`] : []),
  ];
};
