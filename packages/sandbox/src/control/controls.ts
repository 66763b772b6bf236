import type { SandboxSeed } from "../seed/seed.ts";
import type { Calls } from "./calls.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { Switch, SwitchKind } from "./switches.ts";

/** What stands outside of the PBX and works on it: for tests, and for the control API. */
export interface SandboxControls {
  /** As it was at the start: settings, sessions, uploads and calls are gone. Clock, faults and variants stay. */
  reset(): void;
  /**
   * Fills it anew with something else.
   *
   * @throws SandboxSeedError
   */
  seed(seed: SandboxSeed): void;
  /** The faults or the variants, and which of them it has. */
  list(kind: SwitchKind): Promise<Switch[]>;
  /** @throws RangeError for an id that none has. */
  set(kind: SwitchKind, id: string, on: boolean): Promise<void>;
  /**
   * Puts the clock of the PBX forward: tokens and uploads end, and parked calls are recalled, as if the time had passed.
   *
   * @throws RangeError for seconds below 0, or more than a year.
   */
  forward(seconds: number): void;
  /** The time as the PBX has it. */
  now(): Date;
  /** The last 1,000 requests, oldest first. */
  requests(): LoggedRequest[];
  /** Made-up calls that are parked. */
  readonly calls: Omit<Calls, "clear">;
}
