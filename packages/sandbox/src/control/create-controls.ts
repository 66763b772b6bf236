import type { Clock } from "../clock.ts";
import type { Calls } from "./calls.ts";
import type { SandboxControls } from "./controls.ts";
import type { RequestLog } from "./request-log.ts";
import type { Switches } from "./switches.ts";

/** In seconds. */
const year = 366 * 86_400;

interface Parts {
  clock: Clock;
  calls: Calls;
  switches: Switches;
  requests: RequestLog;
  /** Empties the PBX and fills it, with what it had at the start or with something else. */
  refill: (seed?: unknown) => void;
}

export const createControls = ({ clock, calls, switches, requests, refill }: Parts): SandboxControls => {
  const renew = (seed?: unknown) => {
    refill(seed);
    calls.clear();
    switches.restart();
  };
  const { park, list, show, pickUp } = calls;
  return {
    reset: () => renew(),
    // Nothing is no seed, and no reset.
    seed: (seed) => renew(seed ?? null),
    list: switches.list,
    set: switches.set,
    forward: (seconds) => {
      if (!(seconds >= 0 && seconds <= year))
        throw new RangeError(`The clock goes forward by 0 to ${year} seconds, not by ${seconds}`);
      clock.forward(seconds * 1000);
    },
    now: () => new Date(clock.now()),
    requests: requests.list,
    calls: { park, list, show, pickUp },
  };
};
