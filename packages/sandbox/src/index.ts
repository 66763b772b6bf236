export type { BehaviourClass, Needs } from "./behaviours/behaviour.ts";
export { type BehaviourSummary, listFaults, listVariants } from "./behaviours/index.ts";
export type { Semantics } from "./context.ts";
export { SandboxDataError, SandboxNodeError, SandboxPortError } from "./errors.ts";
export type { VersionLine } from "./lines.ts";
export type { Account, Sandbox, SandboxOptions, SandboxSession, SandboxTenant, TenantState } from "./options.ts";
export { startSandbox } from "./sandbox.ts";
export type { Role } from "./store/accounts.ts";
