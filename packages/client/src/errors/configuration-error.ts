import { CallParkError } from "./call-park-error.ts";

/** The client was given something that cannot work: a base URL, a token, a fingerprint. Nothing was sent. */
export class ConfigurationError extends CallParkError {
  override readonly name = "ConfigurationError";
}
