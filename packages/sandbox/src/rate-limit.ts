import type { Answering } from "./behaviours/behaviour.ts";
import { refused } from "./errors.ts";
import type { Line } from "./lines.ts";

interface DocumentedLimit {
  requests: number;
  seconds: number;
}

const documentedLimit = (line: Line): DocumentedLimit => line.document["x-rate-limit"] as DocumentedLimit;

/** So many addresses are remembered before those are forgotten whose time is over. */
const crowd = 10_000;

/**
 * Holds each IP address to so many requests in the documented time, which begins with its first one.
 *
 * @param now in milliseconds.
 */
export const withRateLimit = (
  answering: Answering,
  line: Line,
  limit: number | "documented",
  now: () => number,
): Answering => {
  const { requests: documented, seconds } = documentedLimit(line);
  const requests = limit === "documented" ? documented : limit;
  const windows = new Map<string, { left: number; ends: number }>();
  const forgetEnded = () => {
    for (const [address, { ends }] of windows) if (ends <= now()) windows.delete(address);
  };
  const open = (address: string) => {
    if (windows.size >= crowd) forgetEnded();
    const window = { left: requests, ends: now() + seconds * 1000 };
    windows.set(address, window);
    return window;
  };
  return async (request) => {
    const { address = "" } = request;
    const known = windows.get(address);
    const window = known && known.ends > now() ? known : open(address);
    if (window.left > 0) {
      window.left -= 1;
      return answering(request);
    }
    const wait = Math.ceil((window.ends - now()) / 1000);
    throw refused(429, "Too many requests from this address", { "Retry-After": String(wait) });
  };
};
