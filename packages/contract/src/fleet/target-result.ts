import { apiUrl } from "@callpark/client";
import type { Finding } from "../finding.ts";
import { messageOf } from "../message-of.ts";
import { NotRestoredError } from "../not-restored.ts";
import { exitCodeOf, type Report } from "../report.ts";
import { ConfigurationError, TargetError } from "../target.ts";
import type { FleetCheck, FleetExitCode, TargetResult } from "./report.ts";
import type { FleetTarget } from "./target.ts";

/** One object for all that say the same. */
export type Share = (check: FleetCheck) => FleetCheck;

/** Most checks end alike at most targets: those are kept once. */
export const createShare = (): Share => {
  const known = new Map<string, FleetCheck>();
  return (check) => {
    if (check.findings.length > 0) return check;
    const key = `${check.id} ${check.status} ${check.reason ?? ""}`;
    const first = known.get(key) ?? check;
    known.set(key, first);
    return first;
  };
};

/** What is kept of a target's report: the memory of a fleet must not grow with what its reports hold besides. */
export const resultOf = (
  { name, labels }: Pick<FleetTarget, "name" | "labels">,
  report: Report,
  share: Share = (check) => check,
): TargetResult => {
  const { target, pbxVersion, startedAt, duration, requests, restore, interrupted, notes } = report;
  return {
    name,
    labels: [...(labels ?? [])],
    url: target.url,
    ...(target.tenant && { tenant: target.tenant }),
    pbxVersion,
    exitCode: exitCodeOf(report),
    startedAt,
    duration,
    requests,
    checks: report.checks.map(({ id, status, reason, findings }) =>
      share({ id, status, ...(reason !== undefined && { reason }), findings: findings.map(essence) }),
    ),
    restore,
    interrupted,
    notes,
  };
};

/** Not the request as data: that is for `replay`, which reads a target's own report. */
const essence = ({ request: _, ...finding }: Finding): Finding => finding;

/** A target whose run did not begin, or crashed. The others go on. */
export const failureOf = (
  { name, labels, target }: FleetTarget,
  error: unknown,
  { startedAt, duration, interrupted }: { startedAt: string; duration: number; interrupted: boolean },
): TargetResult => ({
  name,
  labels: [...(labels ?? [])],
  url: apiUrl(target.url),
  exitCode: codeOf(error, interrupted),
  error: interrupted ? "The run was interrupted." : messageOf(error instanceof NotRestoredError ? error.cause : error),
  ...(!interrupted && error instanceof TargetError && error.refused && { refused: true }),
  startedAt,
  duration,
  requests: knowsRequests(error) ? error.requests : 0,
  checks: [],
  restore: error instanceof NotRestoredError ? error.restore : { status: "not-needed" },
  interrupted,
  notes: [],
});

const knowsRequests = (error: unknown): error is NotRestoredError | TargetError | ConfigurationError =>
  [NotRestoredError, TargetError, ConfigurationError].some((kind) => error instanceof kind);

const codeOf = (error: unknown, interrupted: boolean): FleetExitCode => {
  if (error instanceof NotRestoredError) return 4;
  if (interrupted) return 130;
  if (error instanceof TargetError) return 3;
  return error instanceof ConfigurationError ? 2 : 1;
};
