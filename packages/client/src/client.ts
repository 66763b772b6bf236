import type { paths } from "@callpark/types";
import { createFinalURL, defaultBodySerializer } from "openapi-fetch";
import { apiUrl } from "./base-url.ts";
import { type Call, where } from "./core/attempt.ts";
import { createSend, isWrite, type Parts } from "./core/send.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import { ReadOnlyError } from "./errors/read-only-error.ts";
import { form } from "./generated/operations.ts";
import type { CoreOptions } from "./options.ts";
import type { CallMethod } from "./surface.ts";

/** A client of one PBX: the documented paths, typed. */
export interface CallParkCore {
  /** The API's base URL, ending in `/api`. */
  readonly baseUrl: string;
  /** May it change the PBX? */
  readonly write: boolean;
  /**
   * Reads. Resolves with `{ data, response }`, or `{ error, response }` where the PBX refused.
   * Rejects with a CallParkError where no documented answer came.
   */
  readonly GET: CallMethod<"get">;
  /** Creates, replaces or deletes: the PBX uses POST for all three. Resolves and rejects as GET does. */
  readonly POST: CallMethod<"post">;
}

/** What a call was given, once the types have done their work. */
interface Given {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, string> };
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  parseAs?: Call["parseAs"];
}

/**
 * Makes a client with `GET` and `POST` and nothing else, for the smallest bundle: no calls by name, no hooks, no budget,
 * and a 429 holds back the call that it answers, not the whole host.
 *
 * @example
 * const pbx = createClient({ baseUrl: "https://pbx.example.com:8887", token });
 * const { data, error } = await pbx.GET("/call_park");
 * @throws ConfigurationError where the base URL cannot be one.
 */
export const createClient = (options: CoreOptions): CallParkCore => assemble(options);

/** Makes the core of a client, with parts that not every client has. */
export const assemble = (options: CoreOptions, parts: Parts = {}): CallParkCore => {
  const baseUrl = apiUrl(options.baseUrl);
  const send = createSend(options, parts);
  const call = async (method: string, path: keyof paths, given: Given = {}) => {
    const operation = `${method} ${path}`;
    if (options.write !== true && isWrite(operation)) throw new ReadOnlyError(operation);
    const { params, body, parseAs = "json", signal } = given;
    const url = params ? createFinalURL(path, { baseUrl, params, pathSerializer, querySerializer }) : baseUrl + path;
    const headers: Record<string, string> = { ...params?.header, ...given.headers };
    checkHeaders(headers);
    const isFile = path.startsWith("/blobs");
    if (body !== undefined)
      headers["Content-Type"] ??=
        `application/${isFile ? "octet-stream" : operation === form ? "x-www-form-urlencoded" : "json"}`;
    const request = {
      operation,
      url,
      method,
      headers,
      fields: body,
      // Bytes leave as they are; of the rest openapi-fetch knows JSON and forms.
      body: isFile ? body : body && (defaultBodySerializer as Serialize)(body, headers),
      signal,
      parseAs,
    } as Call;
    const { response, value } = await send(request);
    // Never undefined, so that `if (error)` tells.
    if (!response.ok) return { error: value ?? `status ${response.status}`, response, where: where(request) };
    if (parseAs === "json" && options.inspect) await options.inspect({ operation, value });
    return { data: value, response };
  };
  return {
    baseUrl,
    write: options.write === true,
    GET: call.bind(undefined, "GET") as unknown as CallParkCore["GET"],
    POST: call.bind(undefined, "POST") as unknown as CallParkCore["POST"],
  };
};

/** Its types leave out the headers, by which it tells a form. */
type Serialize = (body: unknown, headers: Record<string, string>) => string;

const pathSerializer = (path: string, values: Record<string, unknown>): string =>
  path.replace(/\{(\w+)\}/g, (_, name) => {
    const text = String(values[name] ?? "");
    // Each would lead to another path than the one that was called.
    if (/^\.{0,2}$/.test(text)) throw new ConfigurationError(`"${text}" is no ${name}: ${path}`);
    return encodeURIComponent(text);
  });

/** The error of `Headers` would hold the value. */
const checkHeaders = (headers: Record<string, string>): void => {
  for (const header of Object.entries(headers))
    try {
      new Headers([header]);
    } catch {
      throw new ConfigurationError(
        `The header ${header[0]} holds a character that no header can, such as a line break`,
      );
    }
};

const querySerializer = (query: Record<string, unknown>): string =>
  String(new URLSearchParams(Object.entries(query).filter(([, value]) => value != null) as [string, string][]));
