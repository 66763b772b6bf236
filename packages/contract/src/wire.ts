import { createNodeTransport, type NodeTransport } from "@callpark/client/node";
import type { Recorder } from "./record/recorder.ts";
import type { VerifyTarget } from "./target.ts";

/** A request as a check asks for it. */
export interface WireRequest {
  method: string;
  /** From the API's base URL, with the query: `/call_park`. */
  path: string;
  /** Sent as they are. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** From the PBX's origin instead of the API's base. */
  fromOrigin?: boolean;
  /** The longest answer to read, in bytes. */
  limit?: number;
  /** Leaves the answer to a wrong or missing token alone. */
  anonymous?: boolean;
  /** The Authorization header as a shell writes it that has the token in its environment. */
  authorizationInShell?: string;
}

/** A request's body as a careless reader takes it: bytes that are no text are replaced. */
export const textOf = ({ body = "" }: Pick<WireRequest, "body">): string =>
  typeof body === "string" ? body : new TextDecoder().decode(body);

/** One request and its answer. */
export interface Exchange {
  request: WireRequest;
  url: string;
  status: number;
  headers: Headers;
  bytes: Uint8Array;
  /** The body as text; bytes that are not UTF-8 are replaced. */
  text: string;
  /** The body as JSON, undefined where it is not. */
  json: unknown;
  /** In milliseconds. */
  duration: number;
}

/** No answer came. */
export class WireError extends Error {
  override readonly name: string = "WireError";

  /** Was the answer waited for until there was no time left? Then the PBX may still be at it. */
  get isTimeout(): boolean {
    return this.cause instanceof Error && this.cause.name === "TimeoutError";
  }
}

/** An answer began, and could not be read to its end: it is not what its own headers say. */
export class BrokenAnswerError extends WireError {
  override readonly name = "BrokenAnswerError";
  readonly exchange: Pick<Exchange, "request" | "url" | "status">;

  constructor(message: string, exchange: Pick<Exchange, "request" | "url" | "status">, options: ErrorOptions) {
    super(message, options);
    this.exchange = exchange;
  }
}

/** The longest that an answer is waited for, in milliseconds. */
export const requestTimeout = 15_000;
const answerLimit = 1024 * 1024;

/** Sends single requests, as they are asked for: nothing is added, followed or repeated. */
export class Wire implements AsyncDisposable {
  /** Requests sent so far. */
  requests = 0;
  readonly baseUrl: string;
  /** Is told of every request, where the run is to be recorded. */
  recorder: Recorder | undefined;
  readonly #transport: NodeTransport;
  readonly #mayWrite: boolean;

  constructor(baseUrl: string, tls: VerifyTarget["tls"], mayWrite: boolean) {
    this.baseUrl = baseUrl;
    this.#transport = createNodeTransport(tls);
    this.#mayWrite = mayWrite;
  }

  /**
   * @throws WireError where no answer came, or the signal's reason.
   */
  async send(request: WireRequest, signal?: AbortSignal): Promise<Exchange> {
    // Held here, so that no check can forget it.
    const session = ["/auth/", "/login/", "/tenants/switch"].some((start) => request.path.startsWith(start));
    if (request.method !== "GET" && !session && !this.#mayWrite)
      throw new Error(`${request.method} ${request.path} would write, and this run only reads`);
    signal?.throwIfAborted();
    const url = request.fromOrigin ? new URL(request.path, this.baseUrl).href : `${this.baseUrl}${request.path}`;
    const timeout = AbortSignal.timeout(requestTimeout);
    // A write that was begun is waited for: given up, it might be carried out after everything was put back.
    const heard = request.method === "GET" ? signal : undefined;
    const started = performance.now();
    this.requests += 1;
    let begun: Response | undefined;
    try {
      const response = await this.#transport.fetch(url, {
        method: request.method,
        headers: request.headers ?? {},
        redirect: "manual",
        signal: heard ? AbortSignal.any([heard, timeout]) : timeout,
        ...(request.body !== undefined && { body: request.body as NonNullable<RequestInit["body"]> }),
      });
      begun = response;
      const bytes = await read(response, request.limit ?? answerLimit);
      const text = new TextDecoder().decode(bytes);
      const duration = performance.now() - started;
      const exchange = {
        request,
        url,
        status: response.status,
        // Made anew, as Node's fetch leaves the blanks around a value on.
        headers: new Headers([...response.headers]),
        bytes,
        text,
        json: parsed(bytes),
        duration,
      };
      this.recorder?.answered(exchange);
      return exchange;
    } catch (error) {
      this.recorder?.unanswered(request, url, performance.now() - started, error);
      heard?.throwIfAborted();
      const message = `${request.method} ${url.replace(/\?.*$/, "")}: ${reasonOf(error)}`;
      throw begun && !timeout.aborted
        ? new BrokenAnswerError(message, { request, url, status: begun.status }, { cause: error })
        : new WireError(message, { cause: error });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#transport.close();
  }
}

const read = async (response: Response, limit: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw new Error(`the answer is longer than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};

/** fetch says "fetch failed"; the reason stands in its innermost cause. */
export const reasonOf = (error: unknown): string => {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (!(reason instanceof Error)) return String(reason);
  if (reason.name === "TimeoutError") return `no answer within ${requestTimeout / 1000} s`;
  // OpenSSL's messages name a thread and a line of its source.
  if ("library" in reason && "reason" in reason) return `TLS: ${reason.reason}`;
  return reason.message || String("code" in reason ? reason.code : reason.name);
};
