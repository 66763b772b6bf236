import { Absence } from "./absence.ts";
import type { BadCredentials } from "./bad-credentials.ts";
import type { Finding } from "./finding.ts";
import { restoreCommand } from "./journal/unfinished.ts";
import type { Secrets } from "./mask.ts";
import { messageOf } from "./message-of.ts";
import { OpenSessions } from "./open-sessions.ts";
import { Pace } from "./pace.ts";
import { refreshTokens, type Tokens } from "./refresh.ts";
import { isSecretField } from "./secret-fields.ts";
import { TargetError, type VerifyOptions, type VerifyTarget } from "./target.ts";
import type { Watch } from "./watch.ts";
import { BrokenAnswerError, type Exchange, type Wire, WireError, type WireRequest } from "./wire.ts";

/** How a request is sent. */
interface Sending {
  /** Does a 401 mean that the token has ended? Else it may mean the user. @default true */
  refresh?: boolean;
  /** Is what a busy PBX did not do sent again? Else whoever sends it looks first. @default true */
  resend?: boolean;
  /** Done right before it is sent, where it had to wait for its turn or was over the rate limit. */
  lookAgain?: () => Promise<void>;
}

/** Requests as the user whom the token belongs to: refreshed when it ends, patient with a PBX that asks for it. */
export class Session {
  readonly wire: Wire;
  readonly pace: Pace;
  readonly notes: string[] = [];
  /** What finishes the run, should it not come to its end. */
  readonly restoreCommand: string;
  readonly restoreOptions: string | undefined;
  signal: AbortSignal | undefined;
  /** Sees every answer, once the run knows what to expect of it. */
  watch: Watch | undefined;
  /** Requests a minute for the host; undefined for no limit but the PBX's own. */
  budget: number | undefined;
  /** Whose the token is: a new one must be the same tenant's. Undefined where the PBX does not tell. */
  tenantId: string | undefined;
  /** Keeps the tokens that the PBX gave in place of the ones that ended. */
  onTokens: VerifyOptions["onTokens"];
  readonly #secrets: Secrets;
  readonly #opened = new OpenSessions();
  readonly #answers = new Map<string, Exchange>();
  readonly #resent = new WeakSet<Exchange>();
  #token: string;
  #refreshing: Promise<void> | undefined;
  #refreshToken: string | undefined;
  /** Undefined while answers are judged: a PBX that is away is a finding then. */
  #absence: Absence | undefined;
  /** Why the refresh token is not to be used again. */
  #foreign: TargetError | undefined;

  constructor(
    wire: Wire,
    target: Pick<VerifyTarget, "token" | "refreshToken" | "restoreOptions" | "restoreCommand">,
    secrets: Secrets,
    signal?: AbortSignal,
  ) {
    this.wire = wire;
    this.signal = signal;
    this.pace = new Pace(new URL(wire.baseUrl).host);
    this.#token = target.token;
    this.#refreshToken = target.refreshToken;
    this.restoreOptions = target.restoreOptions;
    this.restoreCommand = target.restoreCommand ?? restoreCommand(wire.baseUrl, target.restoreOptions);
    this.#secrets = secrets;
  }

  get authorization(): Record<string, string> {
    return { Authorization: `Bearer ${this.#token}` };
  }

  /**
   * Sends with the token. A 401 refreshes it once, unless the PBX may mean the user; a PBX that is busy or
   * limits the rate is waited for; a read that
   * fails in a way that this PBX does not always fail in is asked for once more.
   */
  async send(request: WireRequest, options: Sending = {}): Promise<Exchange> {
    const exchange = request.method === "GET" ? await this.#read(request, options) : await this.#ask(request, options);
    if (exchange.status === 401 && request.method !== "GET") await this.#refuseEnded(options);
    this.watch?.see(exchange);
    return exchange;
  }

  async #read(request: WireRequest, options: Sending): Promise<Exchange> {
    let first: Exchange;
    try {
      first = await this.#ask(request, options);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      const again = await this.#ask(request, options);
      if (error instanceof BrokenAnswerError) this.watch?.onceOnly([this.watch.broken(error)]);
      return again;
    }
    const doubts = this.#doubts(first, options);
    if (this.watch === undefined || doubts.length === 0) return first;
    const again = await this.#ask(request, options);
    if (first.status === 401 && again.status === 401) await this.#refuseEnded(options);
    const left = new Set(this.#doubts(again, options).map(({ code }) => code));
    this.watch.onceOnly(doubts.filter(({ code }) => !left.has(code)));
    this.watch.stillSo(doubts.filter(({ code }) => left.has(code)));
    return again;
  }

  /** @throws TargetError where the token, good until now, is good for nothing any more. */
  async #refuseEnded({ refresh = true }: Sending): Promise<void> {
    if (!refresh || this.watch === undefined || !this.watch.wasTaken) return;
    const { status } = await this.#patiently({ method: "GET", path: "/call_park" });
    if (status === 401)
      throw new TargetError(
        "The PBX does not take the token any more (401): it has ended. Sign in again, or give a refresh token too",
      );
  }

  #doubts(exchange: Exchange, { refresh = true }: Sending): Finding[] {
    if (this.watch === undefined) return [];
    if (exchange.status === 401 && refresh) return [this.watch.refused(exchange)];
    return this.watch.doubts(exchange);
  }

  async #ask(request: WireRequest, options: Sending): Promise<Exchange> {
    const { refresh = true } = options;
    const token = this.#token;
    const first = await this.#patiently(request, options);
    if (first.status !== 401 || this.#refreshToken === undefined || !refresh) return first;
    if (this.#foreign) throw this.#foreign;
    // Of two requests at the same time the other may have brought the new token.
    const isRenewed = () => this.#token !== token;
    if (!isRenewed()) {
      // A token that has ended is refused again.
      const again = await this.#patiently(request, options);
      if (again.status !== 401) {
        if (!isRenewed()) this.watch?.onceOnly([this.watch.refused(first)]);
        return this.#keptAsResent(again);
      }
      if (!isRenewed()) await this.#refresh();
    }
    return this.#keptAsResent(await this.#patiently(request, options));
  }

  #keptAsResent(exchange: Exchange): Exchange {
    this.#resent.add(exchange);
    return exchange;
  }

  /** Was it sent more than once, as the token was refused? A broken PBX may have done it the first time all the same. */
  wasResent(exchange: Exchange): boolean {
    return this.#resent.has(exchange);
  }

  /** The credentials of a request that must not be let in. What is like the token is as secret as the token. */
  spoilt({ of }: BadCredentials): ReturnType<BadCredentials["of"]> {
    const made = of(this.#token, this.#refreshToken);
    if (made?.authorizationInShell !== undefined)
      this.#secrets.add(made.headers?.["Authorization"]?.replace(/^\S+ /, ""));
    return made;
  }

  /** Takes a new token before the old one ends. False where there is no refresh token. */
  async renew(): Promise<boolean> {
    if (this.#refreshToken === undefined) return false;
    await this.#refresh();
    return true;
  }

  /** A secret that the run was given on its way. */
  hide(secret: string): void {
    this.#secrets.add(secret);
  }

  /** From now on the user's wish to stop is not heard: what was changed is being put back, with all patience. */
  finish(): void {
    this.signal = undefined;
    this.pace.persist();
    this.#absence = new Absence(() => this.#paced({ method: "GET", path: "/call_park" }));
  }

  /** Sends with the credentials that the request itself carries, if any. */
  async sendAs(request: WireRequest, options: Sending = {}): Promise<Exchange> {
    const exchange = await this.#patiently({ ...request, anonymous: true }, options);
    this.#opened.see(exchange, this.#token);
    return exchange;
  }

  /** Signs out of the sessions that checks opened and did not come to sign out. A note says where that fails. */
  async signOutLeft(): Promise<void> {
    const failures = await this.#opened.end((request) => this.sendAs(request));
    this.notes.push(...failures.map((failure) => this.#secrets.mask(failure)));
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
  async once(path: string, options?: Sending): Promise<Exchange> {
    const known = this.#answers.get(path);
    if (known !== undefined) return known;
    const answer = await this.send({ method: "GET", path, headers: { Accept: "application/json" } }, options);
    this.#answers.set(path, answer);
    return answer;
  }

  /** What was read may be another run's doing: it is asked for again. */
  forget(): void {
    this.#answers.clear();
  }

  async #patiently(request: WireRequest, options: Sending = {}): Promise<Exchange> {
    const outcome = await this.#paced(request, options).catch(wireErrorOf);
    const isUnsure = request.method !== "GET" && (outcome instanceof WireError || outcome.status >= 500);
    // What may have been done is not sent again: whoever sent it looks.
    if (this.#absence?.isLike(outcome) && (await this.#absence.isOver()) && !isUnsure) {
      await options.lookAgain?.();
      return this.#paced(request, options);
    }
    if (outcome instanceof WireError) throw outcome;
    return outcome;
  }

  async #paced(request: WireRequest, { resend = true, lookAgain }: Sending = {}): Promise<Exchange> {
    const { signal, budget } = this;
    const attempt = async () => {
      const headers = request.anonymous ? request.headers : { ...this.authorization, ...request.headers };
      const exchange = await this.wire.send({ ...request, ...(headers && { headers }) }, signal);
      // An upload has a token of its own.
      for (const [name, value] of exchange.headers) if (isSecretField(name)) this.#secrets.addWhole(value);
      return exchange;
    };
    return this.pace.send(attempt, { budget, signal, resend, lookAgain });
  }

  /** A refresh token may be good for one refresh only: whoever comes meanwhile waits for that one. */
  #refresh(): Promise<void> {
    this.#refreshing ??= this.#takeNewToken().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #takeNewToken(): Promise<void> {
    const tokens = await refreshTokens((request) => this.#patiently(request), this.#refreshToken ?? "");
    if (typeof tokens === "number")
      throw new TargetError(
        this.#secrets.mask(`The token has ended and could not be refreshed (status ${tokens}): sign in again`),
      );
    for (const secret of [tokens.access, tokens.refresh]) this.#secrets.add(secret);
    this.#refreshToken = tokens.refresh ?? this.#refreshToken;
    const isGood = await this.#isOfTenant(tokens);
    const kept = await this.#keep(tokens);
    if (tokens.refresh !== undefined && !kept && !this.notes.includes(rotated)) this.notes.push(rotated);
    // The 401 may have meant something else than the token: the old one may do yet, and the new one does not.
    if (isGood) this.#token = tokens.access;
    else if (!this.notes.includes(notGood)) this.notes.push(notGood);
  }

  /**
   * A token of another tenant would turn every write that follows into one to that tenant's settings. Answers with false
   * for one that the PBX does not take.
   *
   * @throws TargetError where it is one of another tenant.
   */
  async #isOfTenant({ access, refresh }: Tokens): Promise<boolean> {
    if (this.tenantId === undefined) return true;
    const headers = { Authorization: `Bearer ${access}`, Accept: "application/json" };
    const { status, json } = await this.#patiently({ method: "GET", path: "/tenant", headers });
    const { id, name } = (json ?? {}) as { id?: unknown; name?: unknown };
    if (status !== 200 || typeof id !== "string" || id === this.tenantId) return status !== 401;
    this.#foreign = new TargetError(
      `The refresh token brought a token of another tenant (${name}), so nothing is sent with it. Give the refresh token that came with the access token, or sign in again`,
    );
    if (refresh !== undefined) this.notes.push(rotated);
    throw this.#foreign;
  }

  /** The run goes on with the new tokens whether or not they could be kept. */
  async #keep({ access, refresh }: Tokens): Promise<boolean> {
    if (this.onTokens === undefined) return false;
    try {
      return (await this.onTokens({ access, ...(refresh !== undefined && { refresh }) })) !== false;
    } catch (error) {
      this.notes.push(this.#secrets.mask(`The new refresh token could not be kept: ${messageOf(error)}.`));
      return false;
    }
  }
}

const wireErrorOf = (error: unknown): WireError => {
  if (error instanceof WireError) return error;
  throw error;
};

const notGood = "The refresh token brought a token that the PBX does not take: the run went on with the one before it.";

const rotated =
  "The token ended and was refreshed, and the PBX changed the refresh token: the one that you gave no longer works. Sign in again for a new one.";
