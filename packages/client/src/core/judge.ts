import { CallParkError } from "../errors/call-park-error.ts";
import { TimedOutError } from "../errors/timed-out-error.ts";
import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { UnreachableError } from "../errors/unreachable-error.ts";
import { CutAnswer } from "./attempt.ts";
import type { Failure } from "./failure.ts";

/**
 * What a failed attempt means for the request, with the error as callers see it.
 *
 * @param readFailure - knows what a transport's codes mean. Browsers tell none.
 */
export const judge = (
  error: unknown,
  where: string,
  readFailure: ((error: unknown) => Failure) | undefined,
): Failure => {
  if (error instanceof TimedOutError || error instanceof CutAnswer) return { error, again: true, unsent: false };
  // The PBX answered, with what a second request would not change. Behind a redirect nothing was applied.
  if (error instanceof UnexpectedAnswerError) return { error, again: false, unsent: /^3/.test(String(error.status)) };
  // Another error of ours is about trust or configuration: nothing was sent.
  const isOwn = error instanceof CallParkError;
  const failure = readFailure?.(error) ?? { error, again: !isOwn, unsent: isOwn };
  return failure.error instanceof CallParkError
    ? failure
    : { ...failure, error: new UnreachableError(where, failure.error) };
};
