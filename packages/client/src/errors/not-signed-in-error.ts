import type { PbxError } from "@callpark/types";
import { RefusedError } from "./refused-error.ts";

/** The PBX does not accept the token (401): it is missing, wrong or has ended. Signing in, it is the password, say. */
export class NotSignedInError extends RefusedError {
  override readonly name = "NotSignedInError";

  constructor(errors: readonly PbxError[], operation: string, advice = "sign in or refresh the token") {
    super(401, errors, operation, `, ${advice}`);
  }
}
