import { ConfigurationError } from "../target.ts";
import { mergedBaselines } from "./baselines.ts";
import type { FleetReport } from "./report.ts";
import type { Shard } from "./shard.ts";

/**
 * One report of several: of the parts of a fleet, or of runs on different PBXs.
 *
 * @throws ConfigurationError where there is none, two have a target of the same name, or they are parts of different wholes.
 */
export const mergeFleetReports = (reports: readonly FleetReport[]): FleetReport => {
  const [first] = reports;
  if (first === undefined) throw new ConfigurationError("There is no report to merge");
  const targets = reports.flatMap((report) => report.targets);
  const twin = targets.find(({ name }, at) => targets.findIndex((other) => other.name === name) !== at);
  if (twin) throw new ConfigurationError(`Two reports have a target called ${twin.name}: which one holds is not known`);
  const checks = new Map(reports.flatMap((report) => report.checks.map((check) => [check.id, check])));
  const begins = reports.map(({ startedAt }) => Date.parse(startedAt));
  const ends = reports.map(({ duration }, at) => (begins[at] ?? 0) + duration);
  const start = Math.min(...begins);
  const baselines = mergedBaselines(reports.flatMap((report) => report.baselines ?? []));
  return {
    schemaVersion: 1,
    kind: "fleet",
    tool: first.tool,
    startedAt: new Date(start).toISOString(),
    duration: Math.max(...ends) - start,
    write:
      reports
        .map(({ write }) => write)
        .sort(byReach)
        .at(-1) ?? "none",
    missingShards: missing(reports),
    checks: [...checks.values()],
    targets,
    ...(baselines.length > 0 && { baselines }),
  };
};

const reach = ["none", "safe", "full"];
const byReach = (one: string, other: string): number => reach.indexOf(one) - reach.indexOf(other);

const missing = (reports: readonly FleetReport[]): Shard[] => {
  const shards = reports.flatMap(({ shard }) => shard ?? []);
  const counts = new Set(shards.map(({ count }) => count));
  if (counts.size > 1)
    throw new ConfigurationError(
      `The reports are shards of different runs (of ${[...counts].join(" and of ")}): merge those of one run`,
    );
  const there = new Set(shards.map(({ index }) => index));
  if (there.size < shards.length)
    throw new ConfigurationError("Two of the reports are the same shard: give each one once");
  const [count = 0] = counts;
  const absent = Array.from({ length: count }, (_, index) => ({ index, count })).filter(
    ({ index }) => !there.has(index),
  );
  // A report that was merged before lacks what it lacked then.
  return [...absent, ...reports.flatMap(({ missingShards }) => missingShards)];
};
