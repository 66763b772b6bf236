import { CallParkError } from "./call-park-error.ts";

/** No whole answer came in time. For a write, OutcomeUnknownError is thrown instead. */
export class TimedOutError extends CallParkError {
  override readonly name = "TimedOutError";

  constructor(operation: string, milliseconds: number) {
    super(`No answer from the PBX within ${milliseconds / 1000} s: ${operation}`);
  }
}
