import { CallParkError } from "./call-park-error.ts";

/** An answer that is not the documented one: not JSON, or an error without `errors[]`. */
export class UnexpectedAnswerError extends CallParkError {
  override readonly name = "UnexpectedAnswerError";
  /** The HTTP status, where an answer's head was read. */
  readonly status: number | undefined;

  constructor(reason: string, operation: string, status?: number) {
    super(`Not a documented answer (${reason}): ${operation}`);
    this.status = status;
  }
}
