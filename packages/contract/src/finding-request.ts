import type { FindingRequest } from "./finding.ts";
import { withoutCredentials } from "./record/credentials.ts";
import type { WireRequest } from "./wire.ts";

/** A request as a finding keeps it. The run's own token is none of its headers, and no other is kept either. */
export const requestOf = ({ method, path, headers, body }: WireRequest): FindingRequest => ({
  method,
  path,
  headers: Object.fromEntries(withoutCredentials(Object.entries(headers ?? {}))),
  ...(typeof body === "string" && { body }),
});
