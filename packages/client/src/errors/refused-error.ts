import type { PbxError } from "@callpark/types";
import { CallParkError } from "./call-park-error.ts";

/** The PBX refused the request and said why. */
export class RefusedError extends CallParkError {
  override readonly name: string = "RefusedError";
  /** The HTTP status: 400 to 499. */
  readonly status: number;
  /**
   * The PBX's reasons. None where it was not asked, because it wants to be left alone, and where a gateway in front of it
   * refused (401, 429).
   */
  readonly errors: readonly PbxError[];

  constructor(status: number, errors: readonly PbxError[], operation: string, advice = "") {
    const reasons = errors.map(({ code, message }) => `${code}: ${message}`).join("; ");
    super(`Refused by the PBX with ${status}${reasons && ` (${reasons})`}${advice}: ${operation}`);
    this.status = status;
    this.errors = errors;
  }
}
