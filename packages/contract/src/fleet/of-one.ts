import type { Report } from "../report.ts";
import type { FleetReport } from "./report.ts";
import { resultOf } from "./target-result.ts";

/** The report of a run on one PBX as that of a fleet of one, to merge it with others. */
export const fleetReportOf = (name: string, report: Report): FleetReport => ({
  schemaVersion: 1,
  kind: "fleet",
  tool: report.tool,
  startedAt: report.startedAt,
  duration: report.duration,
  write: report.write,
  missingShards: [],
  checks: report.checks.map(({ id, title, operation }) => ({ id, title, operation })),
  targets: [resultOf({ name }, report)],
  ...(report.baseline && { baselines: [report.baseline] }),
});
