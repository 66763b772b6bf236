import { type Governor, governorOf, retryAfter } from "@callpark/client";
import { TargetError } from "./target.ts";
import type { Exchange } from "./wire.ts";

/** The longest that one request waits for a PBX that asks for patience, each time (but to put things back) and in all: in milliseconds. */
const longestWait = 60_000;
const patience = 180_000;
/** A PBX that asks for less than this and then needs more gets it, doubled each time. */
const leastWait = 50;
const mostShortWaits = 5;
/** Whoever waited longer for the turn of a request looks again right before it is sent: in milliseconds. */
const longTurn = 200;

const tooMany = 429;
const unavailable = 503;

/** A server that starts, or a load balancer without one: it says that nothing was done, and when to come again. */
export const isBusy = ({ status, headers }: Pick<Exchange, "status" | "headers">): boolean =>
  status === unavailable && headers.has("Retry-After");

/** A PBX asked the run to come again later, and it does. */
export interface Wait {
  /** Of the PBX, with its port. */
  host: string;
  milliseconds: number;
  /** 429: too many requests; 503: the PBX is busy. */
  status: number;
}

export interface PaceOptions {
  /** Requests a minute for the host; undefined for no limit but the PBX's own. */
  budget: number | undefined;
  signal: AbortSignal | undefined;
  /** Is it sent again to a PBX that was busy? Else whoever sends it finds out first whether it was done. */
  resend: boolean;
  /** Done right before it is sent after a wait: whatever was looked at before that is not sure any more. */
  lookAgain?: (() => Promise<void>) | undefined;
}

/** Sends at the pace that the PBX asks for: what it is too busy for is sent again later, within bounds. */
export class Pace {
  /** Answers that asked for patience, one of each kind. */
  readonly asked: Exchange[] = [];
  /** How often the PBX was busy. */
  busy = 0;
  /** Told of each wait as it begins. */
  onWait: ((wait: Wait) => void) | undefined;
  readonly #host: string;
  /** Shared by everything in the process that talks to the host: one answer holds all of it back. */
  readonly #governor: Governor;
  /** Milliseconds waited for a PBX that was then still busy, or may be: a run does not do that for all its requests. */
  #inVain = 0;
  /** Was a rate limit waited for in vain? Then no other request waits for it. */
  #isUsedUp = false;
  #isPersistent = false;

  constructor(host: string) {
    this.#host = host;
    this.#governor = governorOf(host);
  }

  /** What comes now is worth all patience, each time: a rate limit that held one step of it up may let the next one in. */
  persist(): void {
    this.#inVain = 0;
    this.#isPersistent = true;
  }

  /**
   * @throws TargetError where the PBX's rate limit needs more patience than a run has. A PBX that stays busy is answer
   * enough.
   */
  async send(attempt: () => Promise<Exchange>, options: PaceOptions): Promise<Exchange> {
    const { budget, signal, resend, lookAgain } = options;
    let waited = 0;
    let short = 0;
    let looked = false;
    for (let first = true; ; first = false) {
      const asked = performance.now();
      await this.#governor.take(budget, signal, Number.POSITIVE_INFINITY);
      const isLate = !first || performance.now() - asked > longTurn;
      // The look itself may use up what a rate limit's wait was for: then the next wait is for the request.
      looked = isLate && !looked && lookAgain !== undefined;
      if (looked) await this.#lookFirst(lookAgain, signal);
      let limited = false;
      try {
        const exchange = await attempt();
        const busy = isBusy(exchange);
        limited = busy || exchange.status === tooMany;
        if (!limited) return exchange;
        this.#remember(exchange);
        const wait = retryAfter(exchange.headers);
        const pause = Math.max(wait, short === 0 ? 0 : leastWait * 2 ** short);
        if (wait < leastWait) short += 1;
        const isTooLong = wait > (this.#isPersistent ? patience : longestWait);
        const most = busy ? patience - this.#inVain : patience;
        const isKnown = !busy && this.#isUsedUp && !this.#isPersistent;
        const isInVain = isTooLong || isKnown || short > mostShortWaits || waited + pause > most;
        if (busy && isInVain) {
          this.#inVain += waited;
          return exchange;
        }
        // A longer one ends this run; what others have to do there, a restore above all, is still tried.
        if (!isTooLong) this.#governor.pause(pause);
        // Handed on, it would pass for a refusal of what was asked.
        if (isInVain) {
          this.#isUsedUp = true;
          throw new TargetError(
            `The PBX's rate limit is used up, and it asks for ${Math.ceil(wait / 1000)} s of patience: run again later`,
          );
        }
        this.onWait?.({ host: this.#host, milliseconds: pause, status: exchange.status });
        if (busy && !resend) {
          this.#inVain += pause;
          return exchange;
        }
        waited += pause;
      } finally {
        this.#governor.done(limited);
      }
    }
  }

  /** The request's turn has come, and is kept in its budget: it leaves right after the look, whose own turn comes later. */
  async #lookFirst(look: PaceOptions["lookAgain"], signal: AbortSignal | undefined): Promise<void> {
    this.#governor.done(true);
    await look?.();
    await this.#governor.take(undefined, signal, Number.POSITIVE_INFINITY);
  }

  #remember(exchange: Exchange): void {
    if (isBusy(exchange)) this.busy += 1;
    const isKnown = ({ status, text }: Exchange) => status === exchange.status && text === exchange.text;
    if (this.asked.length < mostKinds && !this.asked.some(isKnown)) this.asked.push(exchange);
  }
}

const mostKinds = 8;
