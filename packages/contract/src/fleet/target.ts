import type { Report } from "../report.ts";
import type { VerifyOptions, VerifyTarget } from "../target.ts";
import type { Shard } from "./shard.ts";
import type { SignInTarget } from "./sign-in.ts";

/** One tenant of a PBX, and how to get in: with a token, or by signing in. */
export interface FleetTarget extends Pick<VerifyOptions, "version" | "budget" | "onTokens"> {
  /** Unlike every other one's, case apart. It names the folder of the target's report. */
  name: string;
  /** @default none */
  labels?: readonly string[];
  target: VerifyTarget | SignInTarget;
}

/** What a fleet is checked for; the rest is as of `verify`. */
export interface FleetOptions extends Omit<VerifyOptions, keyof FleetTarget | "onWrite" | "onRestored" | "onProgress"> {
  /**
   * How many hosts are checked side by side. The targets of one host always take turns.
   * @default 32
   */
  concurrency?: number;
  /** Which part of the fleet these targets are, for the report. */
  shard?: Shard;
  /** Gets the whole report of a target when it is there; the fleet's own keeps less. Where it rejects, a note says so. */
  onReport?: (target: FleetTarget, report: Report) => void | Promise<void>;
  /** As of `verify`, for each target. */
  onWrite?: (target: FleetTarget, ...rest: Parameters<NonNullable<VerifyOptions["onWrite"]>>) => void;
  /** As of `verify`, for each target. */
  onRestored?: (target: FleetTarget) => void;
  /** Called as each check of a target begins. `done` and `total` count targets. */
  onProgress?: (event: { done: number; total: number; target: string; check: string }) => void;
}
