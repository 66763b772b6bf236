import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import type { Transport } from "../options.ts";
import type { Secrets } from "./mask.ts";
import { hasUnsafeInteger, readText } from "./read-body.ts";
import { within } from "./signal.ts";

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
  /** Takes what is secret in the request out of what comes back. */
  secrets?: Secrets | undefined;
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

/** Sends a request once and reads the answer, in time even over a transport that hears of no signal. */
export const attempt = async (call: Call, transport: Transport, milliseconds: number): Promise<Received> => {
  const { signal } = call;
  const controller = new AbortController();
  const end = () => controller.abort(signal?.reason);
  try {
    const received = await within(exchange(call, transport, controller.signal), signal, milliseconds);
    // It is still to be read.
    if (call.parseAs === "stream") signal?.addEventListener("abort", end);
    return received;
  } catch (error) {
    // What is still under way is of no use.
    end();
    throw error;
  }
};

const exchange = async (call: Call, transport: Transport, signal: AbortSignal): Promise<Received> => {
  const { url, method, headers, body } = call;
  try {
    const response = await transport.fetch(url, {
      method,
      headers,
      // A redirect could carry the request, and what is in it, to another host.
      redirect: "manual",
      signal,
      body: body ?? null,
    });
    return { response, value: await read(call, response) };
  } catch (error) {
    throw call.secrets?.hide(call, error) ?? error;
  }
};

/** `GET https://pbx.example.com/api/call_park`, for messages. */
export const where = ({ method, url }: Call): string => `${method} ${withoutQuery(url)}`;

export const withoutQuery = (url: string): string => url.replace(/\?.*/, "");

/** The value of an answer. */
const read = async (call: Call, response: Response): Promise<unknown> => {
  const { ok, status, headers } = response;
  const unexpected = (reason: string) => new UnexpectedAnswerError(reason, where(call), { status });
  if (response.type === "opaqueredirect" || (status >= 300 && status <= 399)) {
    const target = withoutQuery(headers.get("Location") ?? "").replace(/\/\/[^/]*@/, "//");
    throw unexpected(`it redirects${target && ` to ${target}`}, which is not followed`);
  }
  const { parseAs } = call;
  if (ok && parseAs !== "json") return parseAs === "stream" ? response.body : response[parseAs]();
  const plain = await readText(response, unexpected);
  // Longer than nothing packed, and yet nothing: fetch unpacks what was cut as far as it goes.
  if (plain === "" && !(Number(headers.get("Content-Length")) > 20)) return undefined;
  // What is not an answer to work with is shown, to people or in logs.
  const text = ok ? plain : (call.secrets?.mask(call, plain) ?? plain);
  const type = headers.get("Content-Type") ?? "json";
  if (ok && !/json/i.test(type)) throw unexpected(`${type}, not JSON${call.secrets?.excerpt(call, text) ?? ""}`);
  if (ok && hasUnsafeInteger(text)) throw unexpected("an integer in it is too large to be read exactly");
  try {
    return JSON.parse(text);
  } catch {
    // A refusal that is not JSON is still a refusal.
    if (!ok) return text;
    // With its length it came whole, and would again.
    throw headers.has("Content-Length")
      ? unexpected("it is not JSON")
      : new CutAnswer("it is not JSON", where(call), { status });
  }
};
