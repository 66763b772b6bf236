import type { Dispatcher } from "undici";

type Bytes = Uint8Array<ArrayBuffer>;

/** So many bytes are kept while nobody reads; then the sender is made to wait. */
const ahead = 64 * 1024;

/** The bytes of an answer's body. undici's own streams cost more than the rest of a call. */
export class Incoming {
  readonly #controller: Dispatcher.DispatchController;
  #chunks: Bytes[] = [];
  #size = 0;
  /** How much may be kept. */
  #most = ahead;
  #ended = false;
  #failure: { error: unknown } | undefined;
  #changed: () => void = () => undefined;

  constructor(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
  }

  push(chunk: Bytes): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size > this.#most) this.#controller.pause();
    this.#changed();
  }

  end(failure?: { error: unknown }): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#changed();
  }

  /** Ends the connection, where the body goes on. */
  drop(): void {
    if (this.#ended) return;
    this.end();
    this.#controller.abort(new Error("The rest of the answer is not wanted"));
  }

  /** All that is left, or its beginning, longer than the limit, where it goes on: then the connection is ended. */
  async collect(limit: number): Promise<Bytes> {
    this.#most = limit;
    this.#controller.resume();
    while (!this.#ended && this.#size <= limit) await this.#change();
    this.drop();
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#chunks.length === 1 ? (this.#chunks[0] as Bytes) : Buffer.concat(this.#chunks);
  }

  /** The next bytes, undefined at the end. */
  async next(): Promise<Bytes | undefined> {
    while (!this.#ended && this.#chunks.length === 0) await this.#change();
    const chunk = this.#chunks.shift();
    if (chunk === undefined && this.#failure !== undefined) throw this.#failure.error;
    this.#size -= chunk?.length ?? 0;
    if (this.#size <= this.#most) this.#controller.resume();
    return chunk;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}
