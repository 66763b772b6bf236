import { CallParkError } from "./call-park-error.ts";

/** A write was sent and no answer came: it may have been applied, or not. Read before sending it again. */
export class OutcomeUnknownError extends CallParkError {
  override readonly name = "OutcomeUnknownError";

  constructor(operation: string, cause: unknown) {
    super(`The write was sent but its outcome is unknown, read before sending it again: ${operation}`, { cause });
  }
}
