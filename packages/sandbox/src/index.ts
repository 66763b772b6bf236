export { type BehaviourSummary, listFaults, listVariants } from "./behaviours/index.ts";
export type { Semantics } from "./context.ts";
export { SandboxDataError, SandboxNodeError, SandboxPortError } from "./errors.ts";
export type { Latency } from "./latency.ts";
export type { VersionLine } from "./lines.ts";
export type { Account, Sandbox, SandboxOptions, SandboxSession, SandboxTenant } from "./options.ts";
export { startSandbox } from "./sandbox.ts";
export type { SandboxSeed, SeedGroup, SeedNumber, SeedTenant, SeedUser } from "./seed/seed.ts";
export type { Role } from "./store/accounts.ts";
