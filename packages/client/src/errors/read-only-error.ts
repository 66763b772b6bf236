import { CallParkError } from "./call-park-error.ts";

/** A call that changes the PBX, on a client created without `write: true`. Nothing was sent. */
export class ReadOnlyError extends CallParkError {
  override readonly name = "ReadOnlyError";

  constructor(operation: string) {
    super(`This client only reads, and ${operation} changes the PBX: create it with { write: true }`);
  }
}
