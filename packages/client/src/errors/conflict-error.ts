import { CallParkError } from "./call-park-error.ts";

/** A write's answer was lost, and the settings are neither as before nor as wanted: somebody else changed them. */
export class ConflictError extends CallParkError {
  override readonly name = "ConflictError";
  /** The settings before the write, as wanted, and as they are now. */
  readonly states: { before: unknown; wanted: unknown; now: unknown };

  constructor(operation: string, states: ConflictError["states"]) {
    super(
      `Somebody else changed the settings during a write whose answer was lost, read them and decide: ${operation}`,
    );
    this.states = states;
  }
}
