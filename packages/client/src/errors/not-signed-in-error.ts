import type { PbxError } from "@callpark/types";
import { RefusedError } from "./refused-error.ts";

/** The PBX does not accept the token (401): it is missing, wrong or has ended. */
export class NotSignedInError extends RefusedError {
  override readonly name = "NotSignedInError";

  constructor(errors: readonly PbxError[], operation: string) {
    super(401, errors, operation, ", sign in or refresh the token");
  }
}
