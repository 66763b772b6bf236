import { RateLimitedError } from "../errors/rate-limited-error.ts";
import { where } from "./attempt.ts";
import { governorOf } from "./governor.ts";
import type { Parts } from "./send.ts";

/** The parts of a client that keeps to its host's pace, and to the caller's budget. */
export const governed = (host: string, budget: number | undefined): Pick<Parts, "governor" | "hold"> => {
  const governor = governorOf(host);
  return {
    governor,
    hold: (call, left) => {
      const patience = governor.paused();
      if (patience > 0 && patience > left)
        throw new RateLimitedError([], where(call), String(Math.ceil(patience / 1000)));
      return governor.take(budget, call.signal, left);
    },
  };
};
