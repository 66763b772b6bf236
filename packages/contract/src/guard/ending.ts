import type { VerifyOptions } from "../target.ts";

const halfAnHour = 30 * 60_000;

/** What ends a run before its time: its user, or its deadline. Measured by elapsed time, whatever the clock says. */
export const endingOf = ({
  signal,
  deadline = halfAnHour,
}: VerifyOptions): { signal: AbortSignal; notes: () => string[] } => {
  const time = AbortSignal.timeout(deadline);
  return {
    signal: signal === undefined ? time : AbortSignal.any([signal, time]),
    notes: () =>
      time.aborted && signal?.aborted !== true
        ? [`The run had reached its deadline of ${deadline / 1000} s, so the rest of its checks did not run.`]
        : [],
  };
};
