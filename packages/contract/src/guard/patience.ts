import { setTimeout as pause } from "node:timers/promises";
import { WireError } from "../wire.ts";

/** How long to wait before each further attempt, in milliseconds. */
const pauses = [100, 400];

/** How long a write is waited for that no answer came to, or an error, when everything has been put back: in milliseconds. */
export const unanswered = 500;
/** The same on a PBX that was seen to say yes before it had done it. */
export const slow = 1500;
/** Before a reading that surprises is made again, in milliseconds. */
export const slip = 20;
/** After which a clock of whole seconds shows another time, in milliseconds. */
export const tick = 1050;

/** Work that may be done again, done again where no answer came: a cut connection must not keep settings from coming back. */
export const patiently = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  for (const wait of pauses)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      await pause(wait);
    }
  return work();
};

/** Between two looks at whether a write shows, and how often it is looked at most, in milliseconds. */
const interval = 50;
const looks = 12;

/**
 * Reads until nothing is pending any more: a PBX may say yes before it has done it. Answers with what was read last, and
 * whether it came late. The number of waits in vain is kept by the caller.
 */
export const settled = async <Value>(
  first: Value,
  readAgain: () => Promise<Value>,
  isPending: (value: Value) => boolean,
): Promise<{ value: Value; late: boolean; inVain: boolean }> => {
  let value = first;
  for (let look = 0; look < looks && isPending(value); look += 1) {
    await pause(interval);
    value = await readAgain();
  }
  return { value, late: value !== first && !isPending(value), inVain: isPending(value) };
};
