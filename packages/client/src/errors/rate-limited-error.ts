import type { PbxError } from "@callpark/types";
import { RefusedError } from "./refused-error.ts";

/** Too many requests from this address (429). */
export class RateLimitedError extends RefusedError {
  override readonly name = "RateLimitedError";
  /** The `Retry-After` header as the PBX sent it: seconds or an HTTP date. Null where it sent neither. */
  readonly retryAfter: string | null;

  constructor(errors: readonly PbxError[], operation: string, retryAfter: string | null) {
    super(429, errors, operation, `, try again ${retryAfter === null ? "later" : `after ${retryAfter}`}`);
    this.retryAfter = retryAfter;
  }
}
