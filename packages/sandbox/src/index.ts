// Compilers load these for nobody who does not ask for them, and the declarations need them.
/// <reference types="node" preserve="true" />

export type { BehaviourClass, Needs } from "./behaviours/behaviour.ts";
export type { BehaviourSummary } from "./behaviours/index.ts";
export type { Semantics } from "./context.ts";
export type { ParkedCall } from "./control/calls.ts";
export { CallError } from "./control/calls.ts";
export type { SandboxControls } from "./control/controls.ts";
export type { LoggedRequest } from "./control/request-log.ts";
export type { Switch, SwitchKind } from "./control/switches.ts";
export { SandboxDataError, SandboxNodeError, SandboxPortError, SandboxSeedError } from "./errors.ts";
export type { Latency } from "./latency.ts";
export type { VersionLine } from "./lines.ts";
export type { Account, Sandbox, SandboxOptions, SandboxSession, SandboxTenant, TenantState } from "./options.ts";
export { startSandbox } from "./sandbox.ts";
export type { SandboxSeed, SeedGroup, SeedNumber, SeedTenant, SeedUser } from "./seed/seed.ts";
export type { Role } from "./store/accounts.ts";
