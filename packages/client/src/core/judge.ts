import { CallParkError } from "../errors/call-park-error.ts";
import { TimedOutError } from "../errors/timed-out-error.ts";
import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { UnreachableError } from "../errors/unreachable-error.ts";
import { CutAnswer } from "./attempt.ts";
import type { Failure } from "./failure.ts";
import { OutOfTime } from "./signal.ts";

/**
 * What a failed attempt means for the request.
 *
 * @param readFailure knows what a transport's codes mean. Browsers tell none.
 */
export const judge = (error: unknown, readFailure: ((error: unknown) => Failure) | undefined): Failure => {
  if (error instanceof OutOfTime || error instanceof CutAnswer) return { error, again: true, unsent: false };
  // The PBX answered, with what a second request would not change. Behind a redirect nothing was applied.
  if (error instanceof UnexpectedAnswerError)
    return { error, again: false, unsent: error.status !== undefined && error.status >= 300 && error.status <= 399 };
  // Another error of ours is about trust or configuration: nothing was sent.
  const isOwn = error instanceof CallParkError;
  return readFailure?.(error) ?? { error, again: !isOwn, unsent: isOwn };
};

/** The error as callers see it. */
export const named = (error: unknown, where: string, milliseconds: number): CallParkError => {
  if (error instanceof OutOfTime) return new TimedOutError(where, milliseconds);
  return error instanceof CallParkError ? error : new UnreachableError(where, error);
};
