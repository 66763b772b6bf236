import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { answeredWithContent, silentRead } from "../generated/operations.ts";
import type { Transport } from "../options.ts";
import type { Excerpt } from "./mask.ts";
import { longestFile, longestText, readBytes } from "./read-body.ts";

/** A request, ready to leave. */
export interface Call {
  /** `GET /call_park`, with the path as the spec writes it. */
  operation: string;
  url: string;
  method: string;
  headers: Record<string, string>;
  body: RequestInit["body"];
  /** The body as it was given. */
  fields?: unknown;
  /** A little of a page, for messages, without what in it could be a secret. */
  excerpt?: Excerpt | undefined;
  signal: AbortSignal | undefined;
  /** A body that is not JSON is the caller's to judge. */
  parseAs: "json" | "text" | "blob" | "arrayBuffer" | "stream";
}

/** A whole answer. */
export interface Received {
  response: Response;
  /** The body, undefined where there is none. */
  value: unknown;
}

/** An answer that ends where its connection does, and too early. */
export class CutAnswer extends UnexpectedAnswerError {}

/** Sends a request once, and reads the answer. */
export const exchange = async (call: Call, transport: Transport, signal: AbortSignal): Promise<Received> => {
  const { url, method, headers, body } = call;
  const response = await transport.fetch(url, {
    method,
    headers,
    // A redirect could carry the request, and what is in it, to another host.
    redirect: "manual",
    signal,
    body: body ?? null,
  });
  return { response, value: await read(call, response) };
};

/** `GET https://pbx.example.com/api/call_park`, for messages. */
export const where = ({ method, url }: Call): string => `${method} ${withoutQuery(url)}`;

export const withoutQuery = (url: string): string => url.replace(/\?.*/, "");

/** UTF-8 or nothing, a byte order mark left out. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The value of an answer. */
const read = async (call: Call, response: Response): Promise<unknown> => {
  const { ok, status, headers } = response;
  const unexpected = (reason: string, Kind = UnexpectedAnswerError) => new Kind(reason, where(call), status);
  // A browser tells of a redirect by the status 0, and not where to.
  if (!ok && status < 400) {
    const target = withoutQuery(headers.get("Location") ?? "").replace(/\/\/[^/]*@/, "//");
    throw unexpected(`it redirects${target && ` to ${target}`}, which is not followed`);
  }
  const { operation, method, parseAs } = call;
  const type = headers.get("Content-Type") ?? "";
  if (ok && parseAs === "stream") return response.body;
  const isText = !ok || /json|text/.test(parseAs);
  const longest = isText ? longestText : longestFile;
  const bytes = await readBytes(response, longest);
  if (bytes.byteLength > longest) throw unexpected(`it is longer than ${longest} bytes`);
  if (!isText) {
    const file = new Blob([bytes], { type });
    return parseAs === "blob" ? file : file.arrayBuffer();
  }
  let plain: string;
  try {
    plain = utf8.decode(bytes);
  } catch {
    if (ok) throw unexpected("it is not UTF-8");
    // A gateway's page is shown, not understood.
    plain = new TextDecoder("latin1").decode(bytes);
  }
  if (ok && parseAs === "text") return plain;
  const isContentDue = ok && (method === "GET" ? operation !== silentRead : answeredWithContent.includes(operation));
  // Longer than nothing packed, and yet nothing: fetch unpacks what was cut as far as it goes.
  if (plain === "" && !isContentDue && !(Number(headers.get("Content-Length")) > 20)) return undefined;
  if (ok && !/json|^$/i.test(type)) throw unexpected(`${type}, not JSON${call.excerpt?.(call, plain) ?? ""}`);
  let isExact = true;
  const look = (_: string, part: unknown) => {
    isExact &&= !Number.isInteger(part) || Number.isSafeInteger(part);
    return part;
  };
  try {
    // Looking at each part costs more than all else here, and shorter numbers are exact.
    const value = JSON.parse(plain, /\d{16}/.test(plain) ? look : undefined);
    if (isExact || !ok) return value;
  } catch {
    // A refusal that is not JSON is still a refusal.
    if (!ok) return plain;
    const reason = plain ? "it is not JSON" : "it is empty";
    // With its length it came whole, and would again.
    throw unexpected(reason, headers.has("Content-Length") ? undefined : CutAnswer);
  }
  throw unexpected("an integer in it is too large to be read exactly");
};
