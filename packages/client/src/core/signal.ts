/** One signal for both; the one itself where there is only one. */
export const either = (one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined =>
  one && other ? AbortSignal.any([one, other]) : (one ?? other);

/** As long as a timer can run, in milliseconds. */
const longest = 2 ** 31 - 1;

/** The time is up. */
export class OutOfTime extends Error {}

/**
 * What a promise gives, unless the signal is aborted or the time is up first: then it rejects with the signal's reason,
 * or with OutOfTime.
 */
export const within = <Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  milliseconds: number,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    };
    const stop = () => {
      end();
      reject(signal?.aborted ? signal.reason : new OutOfTime());
    };
    const timer = setTimeout(stop, Math.min(milliseconds, longest));
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
    promise.then(
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

/** Waits so long, or rejects with the signal's reason as soon as it is aborted. */
export const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  within<void>(new Promise(() => undefined), signal, milliseconds).catch((error) => {
    if (!(error instanceof OutOfTime)) throw error;
  });
