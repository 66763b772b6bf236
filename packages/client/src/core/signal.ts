/** One signal for both; the one itself where there is only one. */
export const either = (one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined =>
  one && other ? AbortSignal.any([one, other]) : (one ?? other);

/** As long as a timer can run, in milliseconds. */
export const longest: number = 2 ** 31 - 1;

/** The time is up. */
export class OutOfTime extends Error {}

/**
 * Waits until what `start` begins is done. Rejects with the signal's reason as soon as it is aborted, with OutOfTime
 * when the time is up.
 *
 * @param start begins it and answers with what gives it up.
 */
export const wait = <Value>(
  signal: AbortSignal | undefined,
  milliseconds: number,
  start: (resolve: (value: Value) => void, reject: (error: unknown) => void) => (() => void) | undefined,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    };
    const stop = () => {
      end();
      giveUp?.();
      reject(signal?.aborted ? signal.reason : new OutOfTime());
    };
    const timer = setTimeout(stop, Math.min(milliseconds, longest));
    signal?.addEventListener("abort", stop);
    const giveUp = start(
      (value) => {
        end();
        resolve(value);
      },
      (error) => {
        end();
        reject(error);
      },
    );
  });

/** What a promise gives, unless the signal is aborted or the time is up first. */
export const within = <Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  milliseconds: number,
): Promise<Value> => {
  // Nobody will look at it then: its failure must not be taken for one that was forgotten.
  if (signal?.aborted) promise.catch(() => undefined);
  return wait(signal, milliseconds, (resolve, reject) => {
    promise.then(resolve, reject);
    return undefined;
  });
};

/** Waits so long, or rejects with the signal's reason as soon as it is aborted. */
export const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  wait<void>(signal, longest, (done) => {
    const timer = setTimeout(done, milliseconds);
    return () => clearTimeout(timer);
  });
