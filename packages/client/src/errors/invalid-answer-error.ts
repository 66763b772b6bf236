import { CallParkError } from "./call-park-error.ts";

/** An answer that breaks the spec's schema. Not a transport error: the PBX answered, and in JSON. */
export class InvalidAnswerError extends CallParkError {
  override readonly name = "InvalidAnswerError";
  /** What is wrong: a JSON pointer and the broken rule in words, for each error. None where nobody asked. */
  readonly problems: readonly { pointer: string; message: string }[];

  constructor(operation: string, problems: readonly { pointer: string; message: string }[] = []) {
    const list = problems.map(({ pointer, message }) => `${pointer || "the answer"} ${message}`).join("; ");
    super(`The answer breaks the documented schema${list && ` (${list})`}: ${operation}`);
    this.problems = problems;
  }
}
