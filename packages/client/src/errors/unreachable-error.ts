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
  const { code = "", message = String(reason) } = Object(reason) as { code?: string; message?: string };
  return message.includes(code) && message !== "" ? message : `${code}: ${message}`.replace(/: $/, "");
};
