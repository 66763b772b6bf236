export type { Finding, FindingRequest, Known, SpecLocation } from "./finding.ts";
export { NotRestoredError } from "./not-restored.ts";
export type { RecordedBody, RecordedExchange } from "./record/recorded-exchange.ts";
export { type CheckSummary, listChecks } from "./registry.ts";
export type {
  BaselineEntry,
  BaselineResult,
  CheckResult,
  CheckStatus,
  Report,
  RestoreResult,
  VersionLine,
  WriteLevel,
} from "./report.ts";
export { exitCodeOf, failsRun } from "./report.ts";
export { type Restoration, type RestoreOptions, restore, type UnfinishedRun, unfinishedRuns } from "./restore.ts";
export {
  ConfigurationError,
  type Credentials,
  OtherTenantError,
  TargetError,
  type VerifyOptions,
  type VerifyTarget,
} from "./target.ts";
export { verify } from "./verify.ts";
