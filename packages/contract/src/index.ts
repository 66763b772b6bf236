export type { Finding, SpecLocation } from "./finding.ts";
export { type CheckSummary, listChecks } from "./registry.ts";
export type { CheckResult, CheckStatus, Report, RestoreResult, VersionLine, WriteLevel } from "./report.ts";
export { exitCodeOf } from "./report.ts";
export { type Restoration, type RestoreOptions, restore, type UnfinishedRun, unfinishedRuns } from "./restore.ts";
export { ConfigurationError, TargetError, type VerifyOptions, type VerifyTarget } from "./target.ts";
export { verify } from "./verify.ts";
