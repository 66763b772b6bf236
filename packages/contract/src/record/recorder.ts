import type { Exchange, WireRequest } from "../wire.ts";
import { reasonOf } from "../wire.ts";
import { withoutCredentials } from "./credentials.ts";
import type { RecordedBody, RecordedExchange } from "./recorded-exchange.ts";

/** The most that is kept of a body, in bytes. */
const bodyLimit = 16 * 1024;
/** The most exchanges that are kept: the first ones, which a finding mostly follows from. */
const exchangeLimit = 5000;

/** Keeps what a run sent and was answered, in memory. The secrets of the run are masked when it has ended and all are known. */
export class Recorder {
  readonly exchanges: RecordedExchange[] = [];
  #check: string | undefined;

  /** From now on it is this check that sends; undefined: the run itself. */
  begin(check: string | undefined): void {
    this.#check = check;
  }

  answered({ request, url, duration, status, headers, bytes }: Exchange): void {
    const body = bodyOf(bytes);
    const answer = { status, headers: withoutCredentials([...headers]), ...(body && { body }) };
    this.#add(request, url, duration, { answer });
  }

  unanswered(request: WireRequest, url: string, duration: number, error: unknown): void {
    this.#add(request, url, duration, { error: reasonOf(error) });
  }

  #add(request: WireRequest, url: string, duration: number, end: Pick<RecordedExchange, "answer" | "error">): void {
    if (this.exchanges.length === exchangeLimit) return;
    const body = bodyOf(typeof request.body === "string" ? Buffer.from(request.body) : request.body);
    this.exchanges.push({
      ...(this.#check !== undefined && { check: this.#check }),
      startedAt: new Date(Date.now() - duration).toISOString(),
      duration: Math.round(duration * 10) / 10,
      method: request.method,
      url,
      headers: withoutCredentials(Object.entries(request.headers ?? {})),
      ...(body && { body }),
      ...end,
    });
  }
}

const bodyOf = (bytes: Uint8Array | undefined): RecordedBody | undefined => {
  if (bytes === undefined || bytes.length === 0) return undefined;
  const kept = bytes.subarray(0, bodyLimit);
  try {
    // A character at the cut may lack its last bytes.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(kept, { stream: true });
    if (!text.includes("\0")) return { text, size: bytes.length };
  } catch {
    // Not text.
  }
  return { text: Buffer.from(kept).toString("base64"), encoding: "base64", size: bytes.length };
};
