import { CallParkError } from "./call-park-error.ts";

/** No answer came: connection, name, certificate, redirect. `cause` has the transport's own error. */
export class UnreachableError extends CallParkError {
  override readonly name = "UnreachableError";

  constructor(operation: string, cause: unknown) {
    super(`No answer from the PBX (${Object(cause).message ?? cause}): ${operation}`, { cause });
  }
}
