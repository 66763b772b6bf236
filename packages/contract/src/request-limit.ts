import type { Context } from "./context.ts";
import type { WriteLevel } from "./report.ts";

/** What putting everything back and proving it may take, in requests: never spent on anything else. */
export const reserve = 20;
/** What a check that only reads may send after its first request. */
export const begun = 2;
/** What a run may send before its first check: the settings, the tenant, the version; to write, also a token that lasts, two equal readings and the prompt. */
const opening = { read: 4, write: 9 };

/** With fewer, a run could make no check, or would send more than it may. */
export const fewestRequests = (write: WriteLevel): number =>
  write === "none" ? opening.read + begun + 1 : opening.write + reserve + 1;

/** What made-up values may take where no budget is given: the named cases come first, and are most of a run. */
const usual = 4;

/** How many requests a run that writes may send before what is kept for putting everything back. */
export const requestsLeft = ({ maxRequests = Number.POSITIVE_INFINITY, session }: Context): number =>
  Math.max(0, maxRequests - reserve - session.wire.requests);

/** How many requests are left for made-up values. */
export const allowance = (context: Context): number =>
  context.maxRequests === undefined ? usual : requestsLeft(context);
