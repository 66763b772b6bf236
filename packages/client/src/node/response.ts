import { decode, encodingsOf } from "./decode.ts";
import type { Answered } from "./exchange.ts";
import { NodeHeaders } from "./headers.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Answers that have no body, whatever else they say. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** What is read of a body that nobody can ask for, so that its connection is free again. */
const forgotten = 128 * 1024;

/** undici's answer as fetch would give it. What costs time is made when it is asked for. */
export class NodeResponse implements Response {
  readonly status: number;
  readonly statusText: string;
  readonly #address: URL;
  readonly #answered: Answered;
  readonly #empty: boolean;
  #headers: NodeHeaders | undefined;
  /** What fetch would have given, around the same bytes. */
  #real: Response | undefined;
  #used = false;

  constructor(address: URL, method: string, answered: Answered, real?: Response) {
    const { status, statusText, body } = answered;
    this.status = status;
    this.statusText = statusText;
    this.#address = address;
    this.#answered = answered;
    this.#real = real;
    const redirects = status >= 300 && status <= 399;
    this.#empty = redirects || bodiless.has(status) || method === "HEAD";
    if (this.#empty && real === undefined) body.collect(forgotten).catch(() => undefined);
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
    this.#headers ??= new NodeHeaders(this.#answered.headers);
    return this.#headers;
  }

  get body(): Response["body"] {
    return this.#empty ? null : this.#whole().body;
  }

  get bodyUsed(): boolean {
    return this.#used || (this.#real?.bodyUsed ?? false);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = await this.bytes();
    return buffer.slice(byteOffset, byteOffset + byteLength);
  }

  /** Older Node 20 has none of its own. */
  async bytes(): Promise<Bytes> {
    return this.upTo(Number.POSITIVE_INFINITY) ?? new Uint8Array(await this.#whole().arrayBuffer());
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
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
  upTo(limit: number): Promise<Bytes> | undefined {
    if (this.#real !== undefined || this.#used || this.#empty) return undefined;
    this.#used = true;
    const { body, headers } = this.#answered;
    const encodings = encodingsOf(headers["content-encoding"]);
    return encodings.length === 0 ? body.collect(limit) : collect(decode(body, encodings), limit);
  }

  clone(): NodeResponse {
    const real = this.#whole().clone();
    return new NodeResponse(this.#address, "", this.#answered, real);
  }

  #whole(): Response {
    if (this.#real !== undefined) return this.#real;
    const { headers } = this.#answered;
    const type = headers["content-type"];
    this.#real = new Response(this.#empty ? null : this.#used ? "" : stream(this.#answered), {
      ...(type !== undefined && { headers: { "Content-Type": String(type) } }),
    });
    // Read already: so it is to whoever asks again.
    if (this.#used) this.#real.body?.cancel().catch(() => undefined);
    return this.#real;
  }
}

const collect = async (bytes: AsyncGenerator<Bytes>, limit: number): Promise<Bytes> => {
  const chunks: Bytes[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return Buffer.concat(chunks);
};

/** Nothing is read before somebody asks. */
const stream = ({ body, headers }: Answered): ReadableStream<Bytes> => {
  const bytes = decode(body, encodingsOf(headers["content-encoding"]));
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await bytes.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => body.drop(),
    },
    { highWaterMark: 0 },
  );
};
