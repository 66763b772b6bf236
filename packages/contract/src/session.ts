import type { Mask } from "./mask.ts";
import { TargetError } from "./target.ts";
import type { Exchange, Wire, WireRequest } from "./wire.ts";

/** The longest that a PBX's Retry-After is waited for, in milliseconds. */
const longestWait = 60_000;
const mostWaits = 3;

/** Requests as the user whom the token belongs to: refreshed when it ends, patient at a rate limit. */
export class Session {
  readonly wire: Wire;
  readonly notes: string[] = [];
  signal: AbortSignal | undefined;
  readonly #addSecret: (secret: string | undefined) => void;
  readonly #mask: Mask;
  readonly #answers = new Map<string, Promise<Exchange>>();
  #token: string;
  #refreshToken: string | undefined;

  constructor(
    wire: Wire,
    credentials: { token: string; refreshToken: string | undefined },
    secrets: { add: (secret: string | undefined) => void; mask: Mask },
    signal?: AbortSignal,
  ) {
    this.wire = wire;
    this.signal = signal;
    this.#token = credentials.token;
    this.#refreshToken = credentials.refreshToken;
    this.#addSecret = secrets.add;
    this.#mask = secrets.mask;
  }

  get authorization(): Record<string, string> {
    return { Authorization: `Bearer ${this.#token}` };
  }

  /** Sends with the token. A 401 refreshes it once; a 429 is waited out. */
  async send(request: WireRequest): Promise<Exchange> {
    const first = await this.#patiently(request);
    if (first.status !== 401 || this.#refreshToken === undefined) return first;
    await this.#refresh();
    return this.#patiently(request);
  }

  /** From now on the user's wish to stop is not heard: what was changed is being put back. */
  finish(): void {
    this.signal = undefined;
  }

  /** Sends with the credentials that the request itself carries, if any. */
  async sendAs(request: WireRequest): Promise<Exchange> {
    return this.#patiently({ ...request, anonymous: true });
  }

  /** A read whose answer serves several checks. */
  once(path: string): Promise<Exchange> {
    let answer = this.#answers.get(path);
    if (answer === undefined) {
      answer = this.send({ method: "GET", path });
      this.#answers.set(path, answer);
    }
    return answer;
  }

  async #patiently(request: WireRequest): Promise<Exchange> {
    for (let waits = 0; ; waits += 1) {
      const headers = request.anonymous ? request.headers : { ...this.authorization, ...request.headers };
      const exchange = await this.wire.send({ ...request, ...(headers && { headers }) }, this.signal);
      if (exchange.status !== 429 || waits === mostWaits) return exchange;
      const wait = retryAfter(exchange.headers.get("Retry-After"));
      if (wait > longestWait)
        throw new TargetError(
          `The PBX's rate limit is used up, and it asks for ${Math.ceil(wait / 1000)} s of patience: run again later`,
        );
      await pause(wait, this.signal);
    }
  }

  async #refresh(): Promise<void> {
    const exchange = await this.#patiently({
      method: "POST",
      path: "/auth/refresh_token",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ refresh_token: this.#refreshToken }),
      anonymous: true,
    });
    const tokens = exchange.json as { access_token?: unknown; refresh_token?: unknown } | undefined;
    if (exchange.status !== 200 || typeof tokens?.access_token !== "string")
      throw new TargetError(
        this.#mask(`The token has ended and could not be refreshed (status ${exchange.status}): sign in again`),
      );
    this.#token = tokens.access_token;
    this.#addSecret(this.#token);
    if (typeof tokens.refresh_token !== "string" || tokens.refresh_token === this.#refreshToken) return;
    this.#refreshToken = tokens.refresh_token;
    this.#addSecret(this.#refreshToken);
    this.notes.push(
      "The token ended and was refreshed, and the PBX changed the refresh token: the one that you gave no longer works. Sign in again for a new one.",
    );
  }
}

/** In milliseconds. Without a header that can be read, two seconds. */
const retryAfter = (header: string | null): number => {
  const seconds = Number(header);
  if (header !== null && header.trim() !== "" && Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const date = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(date) ? 2000 : Math.max(0, date - Date.now());
};

const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
