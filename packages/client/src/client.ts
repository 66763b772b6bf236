import type { paths } from "@callpark/types";
import createClient, { type Client } from "openapi-fetch";
import { apiUrl } from "./base-url.ts";
import { CallParkError } from "./errors/call-park-error.ts";
import { ReadOnlyError } from "./errors/read-only-error.ts";
import { UnexpectedAnswerError } from "./errors/unexpected-answer-error.ts";
import { UnreachableError } from "./errors/unreachable-error.ts";
import { bodyTypes, withoutToken, writing } from "./generated/operations.ts";
import type { ClientOptions } from "./options.ts";
import { currentToken } from "./token.ts";

/** A client of one PBX. */
export interface CallParkClient {
  /** The API's base URL, ending in `/api`. */
  readonly baseUrl: string;
  /**
   * Reads. Resolves with `{ data, response }`, or `{ error, response }` where the PBX refused.
   * Rejects with a CallParkError where no documented answer came.
   */
  readonly GET: Client<paths>["GET"];
  /** Creates, replaces or deletes: the PBX uses POST for all three. Resolves and rejects as GET does. */
  readonly POST: Client<paths>["POST"];
}

/**
 * Makes a client.
 *
 * @example
 * const pbx = createCallParkClient({ baseUrl: "https://pbx.example.com:8887", token });
 * const { data, error } = await pbx.GET("/call_park");
 * @throws ConfigurationError where the base URL cannot be one.
 */
export const createCallParkClient = (options: ClientOptions): CallParkClient => {
  const baseUrl = apiUrl(options.baseUrl);
  const core = createClient<paths>({
    baseUrl,
    // A redirect could carry the request, and what is in it, to another host.
    redirect: "error",
    ...(options.transport?.fetch && { fetch: options.transport.fetch }),
    ...(options.transport?.Request && { Request: options.transport.Request }),
  });
  core.use({
    onRequest: async ({ request, schemaPath }) => {
      const operation = `${request.method} ${schemaPath}`;
      if (writing.has(operation) && options.write !== true) throw new ReadOnlyError(operation);
      if (options.token !== undefined && !withoutToken.has(operation))
        request.headers.set("Authorization", `Bearer ${await currentToken(options.token)}`);
    },
    onError: ({ request, error }) =>
      ownError(error) ?? new UnreachableError(`${request.method} ${withoutQuery(request.url)}`, error),
  });

  // Errors of openapi-fetch's own parsing pass no middleware.
  const call = (method: "GET" | "POST") => async (path: keyof paths, init?: object) => {
    try {
      const typed = { ...typedBody(`${method} ${path}`), ...init };
      return await (core[method] as (...all: unknown[]) => Promise<unknown>)(path, typed);
    } catch (error) {
      if (error instanceof CallParkError) throw error;
      if (!(error instanceof SyntaxError)) throw new UnreachableError(`${method} ${baseUrl}${path}`, error);
      throw new UnexpectedAnswerError("it is not JSON", `${method} ${baseUrl}${path}`);
    }
  };
  return { baseUrl, GET: call("GET") as CallParkClient["GET"], POST: call("POST") as CallParkClient["POST"] };
};

/** openapi-fetch takes every body for JSON unless it is told. */
const typedBody = (operation: string) => {
  const type = bodyTypes.get(operation);
  if (type === undefined) return {};
  const headers = { "Content-Type": type };
  return type === "application/octet-stream" ? { headers, bodySerializer: (body: unknown) => body } : { headers };
};

/** fetch wraps what a transport throws. */
const ownError = (error: unknown): CallParkError | undefined => {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof CallParkError) return at;
  return undefined;
};

const withoutQuery = (url: string) => url.replace(/\?.*$/, "");
