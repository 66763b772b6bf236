import { CallParkError } from "./call-park-error.ts";

/** No answer came: connection, name, certificate, redirect. `cause` has the transport's own error. */
export class UnreachableError extends CallParkError {
  override readonly name = "UnreachableError";

  constructor(operation: string, cause: unknown) {
    super(`No answer from the PBX (${innermost(cause)}): ${operation}`, { cause });
  }
}

/** fetch says "fetch failed"; the reason stands in its cause, and there in the cause's. */
const innermost = (error: unknown): string => {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (!(reason instanceof Error)) return String(reason);
  const code = "code" in reason ? String(reason.code) : "";
  return reason.message === "" || reason.message.includes(code) ? reason.message || code : `${code}: ${reason.message}`;
};
