import { type Governor, governorOf, retryAfter } from "@callpark/client";
import type { Mask } from "./mask.ts";
import { messageOf } from "./message-of.ts";
import { refreshTokens, type Tokens } from "./refresh.ts";
import { TargetError, type VerifyOptions } from "./target.ts";
import type { Exchange, Wire, WireRequest } from "./wire.ts";

/** The longest that a PBX's Retry-After is waited for, in milliseconds. */
const longestWait = 60_000;
const mostWaits = 3;

/** Requests as the user whom the token belongs to: refreshed when it ends, patient at a rate limit. */
export class Session {
  readonly wire: Wire;
  readonly notes: string[] = [];
  signal: AbortSignal | undefined;
  /** Requests a minute for the host; undefined for no limit but the PBX's own. */
  budget: number | undefined;
  /** Keeps the tokens that the PBX gave in place of the ones that ended. */
  onTokens: VerifyOptions["onTokens"];
  /** Shared by everything in the process that talks to the host: one 429 holds all of it back. */
  readonly #governor: Governor;
  readonly #addSecret: (secret: string | undefined) => void;
  readonly #mask: Mask;
  readonly #answers = new Map<string, Exchange>();
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
    this.#governor = governorOf(new URL(wire.baseUrl).host);
    this.#token = credentials.token;
    this.#refreshToken = credentials.refreshToken;
    this.#addSecret = secrets.add;
    this.#mask = secrets.mask;
  }

  get authorization(): Record<string, string> {
    return { Authorization: `Bearer ${this.#token}` };
  }

  /** Sends with the token. A 401 refreshes it once, unless the PBX may mean the user; a 429 is waited out. */
  async send(request: WireRequest, { refresh = true }: { refresh?: boolean } = {}): Promise<Exchange> {
    const first = await this.#patiently(request);
    if (first.status !== 401 || this.#refreshToken === undefined || !refresh) return first;
    await this.#refresh();
    return this.#patiently(request);
  }

  /** Takes a new token before the old one ends. False where there is no refresh token. */
  async renew(): Promise<boolean> {
    if (this.#refreshToken === undefined) return false;
    await this.#refresh();
    return true;
  }

  /** From now on the user's wish to stop is not heard: what was changed is being put back. */
  finish(): void {
    this.signal = undefined;
  }

  /** Sends with the credentials that the request itself carries, if any. */
  async sendAs(request: WireRequest): Promise<Exchange> {
    return this.#patiently({ ...request, anonymous: true });
  }

  /** Puts something back: the user's wish to stop is heard again afterwards. */
  async undisturbed<Value>(work: () => Promise<Value>): Promise<Value> {
    const { signal } = this;
    this.signal = undefined;
    try {
      return await work();
    } finally {
      this.signal = signal;
    }
  }

  /** A read whose answer serves several checks. Where none came, the next check asks again. */
  async once(path: string, options?: { refresh?: boolean }): Promise<Exchange> {
    const known = this.#answers.get(path);
    if (known !== undefined) return known;
    const answer = await this.send({ method: "GET", path }, options);
    this.#answers.set(path, answer);
    return answer;
  }

  async #patiently(request: WireRequest): Promise<Exchange> {
    for (let waits = 0; ; waits += 1) {
      await this.#governor.take(this.budget, this.signal, Number.POSITIVE_INFINITY);
      const { exchange, wait } = await this.#sendOnce(request);
      if (exchange.status !== 429) return exchange;
      // Handed on, it would pass for a refusal of what was asked.
      if (waits === mostWaits || wait > longestWait)
        throw new TargetError(
          `The PBX's rate limit is used up, and it asks for ${Math.ceil(wait / 1000)} s of patience: run again later`,
        );
    }
  }

  async #sendOnce(request: WireRequest): Promise<{ exchange: Exchange; wait: number }> {
    const headers = request.anonymous ? request.headers : { ...this.authorization, ...request.headers };
    let limited = false;
    try {
      const exchange = await this.wire.send({ ...request, ...(headers && { headers }) }, this.signal);
      limited = exchange.status === 429;
      const wait = limited ? retryAfter(exchange.headers) : 0;
      // A longer one ends this run; what others have to do there, a restore above all, is still tried.
      if (limited && wait <= longestWait) this.#governor.pause(wait);
      return { exchange, wait };
    } finally {
      this.#governor.done(limited);
    }
  }

  async #refresh(): Promise<void> {
    const tokens = await refreshTokens((request) => this.#patiently(request), this.#refreshToken ?? "");
    if (typeof tokens === "number")
      throw new TargetError(
        this.#mask(`The token has ended and could not be refreshed (status ${tokens}): sign in again`),
      );
    this.#token = tokens.access;
    this.#addSecret(this.#token);
    if (tokens.refresh !== undefined) {
      this.#refreshToken = tokens.refresh;
      this.#addSecret(this.#refreshToken);
    }
    const kept = await this.#keep(tokens);
    if (tokens.refresh !== undefined && !kept && !this.notes.includes(rotated)) this.notes.push(rotated);
  }

  /** The run goes on with the new tokens whether or not they could be kept. */
  async #keep({ access, refresh }: Tokens): Promise<boolean> {
    if (this.onTokens === undefined) return false;
    try {
      await this.onTokens({ access, ...(refresh !== undefined && { refresh }) });
      return true;
    } catch (error) {
      this.notes.push(this.#mask(`The new refresh token could not be kept: ${messageOf(error)}.`));
      return false;
    }
  }
}

const rotated =
  "The token ended and was refreshed, and the PBX changed the refresh token: the one that you gave no longer works. Sign in again for a new one.";
