import { OutcomeUnknownError } from "../errors/outcome-unknown-error.ts";
import { TimedOutError } from "../errors/timed-out-error.ts";
import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { sessionOnly, withoutToken } from "../generated/operations.ts";
import type { CoreOptions } from "../options.ts";
import { attempt, type Call, type Received, where } from "./attempt.ts";
import type { Failure } from "./failure.ts";
import type { Governor } from "./governor.ts";
import { judge, named } from "./judge.ts";
import type { Secrets } from "./mask.ts";
import { retryAfter } from "./retry-after.ts";
import { either, longest, OutOfTime, pause, within } from "./signal.ts";
import { bearer, currentToken } from "./token.ts";

/** Sends a call, as often as that is safe and of use, and answers with a whole answer. */
export type Send = (call: Call) => Promise<Received>;

const longestPause = 5000;

/** What a client of more than a few calls adds. */
export interface Parts {
  /** Holds back the requests to the host. Without it, each call that is asked for patience waits by itself. */
  governor?: Governor;
  /** Keeps a call until the governor lets it go; undefined where that is now. */
  hold?: (call: Call, left: number) => Promise<void> | undefined;
  /** Tells from the codes of Node, Deno and Bun what failed. Without it, whatever failed may have been sent. */
  readFailure?: (error: unknown) => Failure;
  /** Without it, what a PBX or a proxy repeats of a request's secrets is passed on. */
  secrets?: Secrets;
  /** Runs an attempt with somebody looking on. */
  watch?: ((call: Call, attempt: number, run: () => Promise<Received>) => Promise<Received>) | undefined;
}

/** Does the operation change the PBX? */
export const isWrite = (operation: string): boolean => operation[0] === "P" && !sessionOnly.has(operation);

export const createSend = (options: CoreOptions, { governor, hold, watch, readFailure, secrets }: Parts): Send => {
  const { token, transport = globalThis, retry = 3 } = options;
  const { attempt: attemptTime = 15_000, total = 60_000 } = options.timeout ?? {};

  return async (call) => {
    const { operation } = call;
    const signal = either(options.signal, call.signal);
    call.signal = signal;
    call.secrets = secrets;
    const writes = isWrite(operation);
    const most = writes ? 2 : retry;
    const ends = performance.now() + total;
    const left = () => ends - performance.now();
    let renewed = false;
    const fail = (error: unknown): never => {
      throw error instanceof OutOfTime ? new TimedOutError(where(call), total) : error;
    };
    const inTime = <Value>(promise: Promise<Value>) => within(promise, signal, left()).catch(fail);

    for (let turn = 1; ; turn += 1) {
      signal?.throwIfAborted();
      let used = "";
      if (token !== undefined && !withoutToken.has(operation)) {
        const current = currentToken(token);
        used = typeof current === "string" ? current : await inTime(current);
        call.headers["Authorization"] = bearer(used);
      }
      const held = hold?.(call, left());
      if (held !== undefined) await held.catch(fail);

      const time = Math.min(attemptTime, left(), longest);
      if (time <= 0) fail(new OutOfTime());
      let received: Received | undefined;
      let failed: unknown;
      try {
        const run = () => attempt(call, transport, time);
        received = await (watch?.(call, turn, run) ?? run());
      } catch (error) {
        failed = error;
      }
      const { status = 0, headers } = received?.response ?? {};
      const limited = status === 429;
      // Full jitter, so that clients that failed together do not come back together.
      const delay = limited && headers ? retryAfter(headers) : Math.random() * Math.min(longestPause, 200 * 2 ** turn);
      if (limited) governor?.pause(delay);
      // Before anything else is asked of the host: to renew a token is a request too.
      governor?.done(limited);
      const last = turn >= most || delay >= left();
      if (received !== undefined) {
        if (status === 401 && used !== "" && !renewed && typeof token === "object") {
          renewed = true;
          if ((await inTime(token.renew(used))) === undefined) return received;
          turn -= 1;
          continue;
        }
        if (!limited && !/^50[0234]$/.test(String(status))) return received;
        if (limited || !writes) {
          if (last) return received;
        } else failed = new UnexpectedAnswerError(`status ${status}`, where(call), { status });
      }
      if (received === undefined || failed !== undefined) {
        if (signal?.aborted) throw signal.reason;
        const { again, unsent, error } = judge(failed, readFailure);
        const asOwn = named(error, where(call), time < attemptTime ? total : attemptTime);
        if (writes && !unsent) throw new OutcomeUnknownError(where(call), asOwn);
        if (!again || last) throw asOwn;
      }
      if (!limited || governor === undefined) await pause(delay, signal);
    }
  };
};
