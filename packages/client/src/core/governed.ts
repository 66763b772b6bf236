import { RateLimitedError } from "../errors/rate-limited-error.ts";
import type { ClientOptions } from "../options.ts";
import { where } from "./attempt.ts";
import { governorOf } from "./governor.ts";
import { hide } from "./mask.ts";
import { watch } from "./observe.ts";
import type { Parts } from "./send.ts";

/** Keeps to the host's pace and to the caller's budget, and tells the caller's hooks. */
export const governed = (host: string, options: ClientOptions): NonNullable<Parts["around"]> => {
  const governor = governorOf(host);
  const isWatched = options.onRequest !== undefined || options.onResponse !== undefined;
  const watched = watch(options);
  return async (call, turn, left, run) => {
    const patience = governor.paused();
    if (patience > 0 && patience > left)
      throw new RateLimitedError([], where(call), String(Math.ceil(patience / 1000)));
    const held = governor.take(options.budget, call.signal, left);
    if (held !== undefined) await held;
    let limited = false;
    try {
      const outcome = isWatched
        ? await watched(call, turn, async () => hide(call, await run()))
        : hide(call, await run());
      limited = outcome.received?.response.status === 429;
      if (limited) governor.pause(outcome.delay);
      return outcome;
    } finally {
      // Before anything else is asked of the host: to renew a token is a request too.
      governor.done(limited);
    }
  };
};
