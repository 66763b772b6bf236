import type { CheckSummary } from "../registry.ts";
import type { BaselineResult, CheckResult, Report, RestoreResult, WriteLevel } from "../report.ts";
import type { Shard } from "./shard.ts";

/** 0 conforms · 1 findings or unfinished checks · 2 configuration · 3 not reached · 4 not restored · 130 interrupted. */
export type FleetExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** What became of a check at a target. */
export type FleetCheck = Pick<CheckResult, "id" | "status" | "reason" | "findings">;

/** What became of a target. */
export interface TargetResult {
  name: string;
  labels: string[];
  /** The API's base URL. */
  url: string;
  tenant?: { id?: string; name: string };
  pbxVersion?: Report["pbxVersion"];
  exitCode: FleetExitCode;
  /** Why there was no run, or what ended it: nothing is changed then, unless `restore` says so. */
  error?: string;
  /** Did the PBX answer, and not let the run in? */
  refused?: true;
  /** RFC 3339, UTC. */
  startedAt: string;
  /** In milliseconds. */
  duration: number;
  requests: number;
  checks: FleetCheck[];
  restore: RestoreResult;
  interrupted: boolean;
  notes: string[];
}

/** The answer of a run on many targets. Version 1 of its JSON form. */
export interface FleetReport {
  schemaVersion: 1;
  kind: "fleet";
  tool: Report["tool"];
  /** RFC 3339, UTC. */
  startedAt: string;
  /** In milliseconds. */
  duration: number;
  write: WriteLevel;
  /** The part of the fleet that this is; absent where it is all of it. */
  shard?: Shard;
  /** The parts that a merged report lacks. */
  missingShards: Shard[];
  /** The checks in the order of the run, by name. */
  checks: Pick<CheckSummary, "id" | "title" | "operation">[];
  targets: TargetResult[];
  /** Where a baseline was applied: what it did to all the targets. A merged report may have more than one. */
  baselines?: BaselineResult[];
}

/** The gravest first: the code of a fleet is the first of these that a target has. */
const gravest = [4, 130, 1, 3, 2] as const satisfies FleetExitCode[];

/** The worst of the targets' codes; 1 where a shard is missing, since nobody knows what it would have found. */
export const exitCodeOfFleet = ({ targets, missingShards }: FleetReport): FleetExitCode => {
  const codes = new Set<FleetExitCode>(targets.map(({ exitCode }) => exitCode));
  if (missingShards.length > 0) codes.add(1);
  return gravest.find((code) => codes.has(code)) ?? 0;
};
