import type { PbxErrors } from "@callpark/types";
import { NotSignedInError } from "./errors/not-signed-in-error.ts";
import { RateLimitedError } from "./errors/rate-limited-error.ts";
import { RefusedError } from "./errors/refused-error.ts";
import { UnexpectedAnswerError } from "./errors/unexpected-answer-error.ts";

/** What GET and POST resolve with. */
export type Answer<Data> =
  | { data: Data; error?: never; response: Response }
  | { data?: never; error: unknown; response: Response };

/**
 * The data of an answer, for those who prefer exceptions.
 *
 * @example const callPark = await unwrap(pbx.GET("/call_park"));
 * @throws NotSignedInError (401), RateLimitedError (429), RefusedError (any other 4XX with `errors[]`), or
 *   UnexpectedAnswerError for what is not documented.
 */
export const unwrap = async <Data>(answer: Answer<Data> | Promise<Answer<Data>>): Promise<Data> => {
  const { data, error, response } = await answer;
  if (response.ok) return data as Data;
  const where = response.url.replace(/\?.*$/, "");
  const { status } = response;
  if (status < 400 || status >= 500 || !isPbxErrors(error))
    throw new UnexpectedAnswerError(`status ${status}${isPbxErrors(error) ? "" : " without errors[]"}`, where, {
      status,
    });
  if (status === 401) throw new NotSignedInError(error.errors, where);
  if (status === 429) throw new RateLimitedError(error.errors, where, response.headers.get("Retry-After"));
  throw new RefusedError(status, error.errors, where);
};

const isPbxErrors = (value: unknown): value is PbxErrors =>
  typeof value === "object" &&
  value !== null &&
  "errors" in value &&
  Array.isArray(value.errors) &&
  value.errors.length > 0 &&
  value.errors.every((one: unknown) => typeof one === "object" && one !== null && "code" in one && "message" in one);
