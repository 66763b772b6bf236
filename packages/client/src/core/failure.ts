import { CallParkError } from "../errors/call-park-error.ts";

/** What a failed attempt means for the request. */
export interface Failure {
  error: unknown;
  /** It may be tried again. */
  again: boolean;
  /** It never left, so that even a write may be sent again. */
  unsent: boolean;
}

const unsent = /^(ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
/** No such name, a certificate, or bytes that are not what they claim: the next attempt would end alike. */
const final = /^(ENOTFOUND|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|Z_|HPE_)/;

/** fetch says "fetch failed"; the reason stands in its cause, and there in the cause's. */
export const readFailure = (error: unknown): Failure => {
  let reason = error;
  for (let at = error; at instanceof Error; at = innerOf(at)) {
    reason = at;
    // A transport's own errors are final: they are about trust or configuration.
    if (at instanceof CallParkError) return { error: at, again: false, unsent: true };
    const { code = "", syscall = "" } = at as { code?: string; syscall?: string };
    // The same codes end a connection that was open, over which something may have left.
    if (unsent.test(code) && !/^(read|write)/.test(syscall)) return { error: at, again: true, unsent: true };
    if (final.test(code)) return { error: at, again: false, unsent: code[0] !== "Z" && code[0] !== "H" };
  }
  return { error: reason, again: true, unsent: false };
};

/** Where several addresses were tried, the first one's error stands for all. */
const innerOf = (error: Error): unknown => (error as Partial<AggregateError>).errors?.[0] ?? error.cause;
