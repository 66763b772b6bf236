import type { PbxError } from "@callpark/types";
import { NotSignedInError } from "./errors/not-signed-in-error.ts";
import { RateLimitedError } from "./errors/rate-limited-error.ts";
import { RefusedError } from "./errors/refused-error.ts";
import { UnexpectedAnswerError } from "./errors/unexpected-answer-error.ts";

/** What GET and POST resolve with. */
export type Answer<Data> =
  | { data: Data; error?: never; response: Response }
  | {
      data?: never;
      error: unknown;
      response: Response;
      /** `GET https://pbx.example.com/api/call_park`: what was refused, for `unwrap` to say. */
      where?: string;
      /** What to do about a 401, where no token was sent. */
      advice?: string;
    };

/** Taken from the answers that have it: without `exactOptionalPropertyTypes`, a refusal's would be undefined. */
export type DataOf<Given extends Answer<unknown>> = Extract<Given, { data: unknown }>["data"];

/**
 * The data of an answer, for those who prefer exceptions.
 *
 * @example const callPark = await unwrap(pbx.GET("/call_park"));
 * @throws NotSignedInError (401), RateLimitedError (429), RefusedError (any other 4XX with `errors[]`), or
 *   UnexpectedAnswerError for what is not documented.
 */
export const unwrap = async <Given extends Answer<unknown>>(answer: Given | Promise<Given>): Promise<DataOf<Given>> => {
  const {
    data,
    error,
    response,
    where = response.url,
    advice,
  }: Partial<Answer<unknown>> & { response: Response; where?: string; advice?: string } = await answer;
  const { ok, status, headers } = response;
  if (ok) return data as DataOf<Given>;
  const errors = errorsOf(error);
  // A gateway in front of the PBX says these two in its own words, and means the same.
  if (status === 401) throw new NotSignedInError(errors ?? [], where, advice);
  if (status === 429)
    throw new RateLimitedError(
      errors ?? [],
      where,
      /^(\d+|\w{3}, [\w :]{24})$/.exec(headers.get("Retry-After")?.trim() ?? "")?.[0] ?? null,
    );
  if (errors === undefined || status > 499)
    throw new UnexpectedAnswerError(`status ${status}${errors ? "" : " without errors[]"}`, where, status);
  throw new RefusedError(status, errors, where);
};

/** The PBX's reasons; undefined where they are not as documented. */
const errorsOf = (body: unknown): readonly PbxError[] | undefined => {
  const { errors } = Object(body);
  return Array.isArray(errors) &&
    errors.length > 0 &&
    errors.every((one) => "code" in Object(one) && "message" in Object(one))
    ? errors
    : undefined;
};
