import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { decode } from "./decode.ts";
import { NodeHeaders } from "./headers.ts";
import { throwTidy } from "./tidy.ts";
import { collect, webStream } from "./web-stream.ts";

/** Answers that have no body, whatever else they say. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** undici's answer as fetch would give it. What costs time is made when it is asked for. */
export class NodeResponse implements Response {
  readonly status: number;
  readonly statusText: string;
  readonly #address: URL;
  readonly #data: Dispatcher.ResponseData;
  readonly #empty: boolean;
  #headers: NodeHeaders | undefined;
  /** What fetch would have given, around the same bytes. */
  #real: Response | undefined;
  #used = false;

  constructor(address: URL, method: string, data: Dispatcher.ResponseData, real?: Response) {
    const { statusCode, statusText, body } = data;
    this.status = statusCode;
    this.statusText = statusText;
    this.#address = address;
    this.#data = data;
    this.#real = real;
    const redirects = statusCode >= 300 && statusCode <= 399;
    this.#empty = redirects || bodiless.has(statusCode) || method === "HEAD";
    // A body that nobody can read would keep its connection busy.
    if (this.#empty && real === undefined) body.dump().catch(() => undefined);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  get url(): string {
    return this.#address.href.replace(/#.*/, "");
  }

  get type(): "basic" {
    return "basic";
  }

  get redirected(): boolean {
    return false;
  }

  get headers(): Headers {
    this.#headers ??= new NodeHeaders(this.#data.headers);
    return this.#headers;
  }

  get body(): Response["body"] {
    return this.#empty ? null : this.#whole().body;
  }

  get bodyUsed(): boolean {
    return this.#used || (this.#real?.bodyUsed ?? false);
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#plain()?.arrayBuffer().catch(throwTidy) ?? this.#whole().arrayBuffer();
  }

  /** Older Node 20 has none of its own. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  text(): Promise<string> {
    return this.#plain()?.text().catch(throwTidy) ?? this.#whole().text();
  }

  json(): Promise<unknown> {
    return this.#plain()?.json().catch(throwTidy) ?? this.#whole().json();
  }

  blob(): Promise<Blob> {
    return this.#whole().blob();
  }

  formData(): ReturnType<Response["formData"]> {
    return this.#whole().formData();
  }

  /**
   * The decoded body, or its beginning, longer than the limit, where it goes on. Undefined where it was read in another
   * way. The core asks for it because a web stream costs more than the rest of a call.
   */
  upTo(limit: number): Promise<Uint8Array<ArrayBuffer>> | undefined {
    if (this.#real !== undefined || this.#used || this.#empty) return undefined;
    this.#used = true;
    return collect(decoded(this.#data), limit, this.#data.body);
  }

  clone(): NodeResponse {
    const real = this.#whole().clone();
    return new NodeResponse(this.#address, "", this.#data, real);
  }

  /** The body as it came, where nothing stands between. */
  #plain(): Dispatcher.ResponseData["body"] | undefined {
    const { body, headers } = this.#data;
    if (this.#real !== undefined || this.#used || this.#empty || headers["content-encoding"] !== undefined)
      return undefined;
    this.#used = true;
    return body;
  }

  #whole(): Response {
    if (this.#real !== undefined) return this.#real;
    const { body, headers } = this.#data;
    const type = headers["content-type"];
    this.#real = new Response(this.#empty ? null : this.#used ? body.body : stream(this.#data), {
      ...(type !== undefined && { headers: { "Content-Type": String(type) } }),
    });
    return this.#real;
  }
}

const stream = (data: Dispatcher.ResponseData): ReadableStream<Uint8Array<ArrayBuffer>> =>
  webStream(decoded(data), data.body);

const decoded = ({ body, headers }: Dispatcher.ResponseData): Readable => {
  const encoding = headers["content-encoding"];
  return encoding === undefined ? body : Readable.from(decode(body, [encoding].flat().join()));
};
