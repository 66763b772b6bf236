import { OutcomeUnknownError } from "../errors/outcome-unknown-error.ts";
import { TimedOutError } from "../errors/timed-out-error.ts";
import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { sessionOnly, withoutToken } from "../generated/operations.ts";
import type { CoreOptions } from "../options.ts";
import { type Call, exchange, type Received, where } from "./attempt.ts";
import type { Failure } from "./failure.ts";
import { judge } from "./judge.ts";
import type { Excerpt } from "./mask.ts";
import { retryAfter } from "./retry-after.ts";
import { either, OutOfTime, pause, within } from "./signal.ts";
import { bearer, currentToken } from "./token.ts";

/** Sends a call, as often as that is safe and of use, and answers with a whole answer. */
export type Send = (call: Call) => Promise<Received>;

/** What came of an attempt. */
export interface Outcome {
  received?: Received;
  /** Why there is no answer, where there is none. */
  failed?: unknown;
  /** How long to wait before another attempt, in milliseconds. */
  delay: number;
}

/** What a client of more than a few calls adds. */
export interface Parts {
  /** Runs an attempt when it may leave, with whoever looks on. What it throws ends the call as it is. */
  around?: (call: Call, turn: number, left: number, run: () => Promise<Outcome>) => Promise<Outcome>;
  /** Tells from the codes of Node, Deno and Bun what failed. Without it, whatever failed may have been sent. */
  readFailure?: (error: unknown) => Failure;
  /** Shows a little of what came instead of JSON. */
  excerpt?: Excerpt;
}

/** Does the operation change the PBX? */
export const isWrite = (operation: string): boolean => operation[0] === "P" && !sessionOnly.includes(operation);

export const createSend = (options: CoreOptions, { around, excerpt, readFailure }: Parts): Send => {
  const { token, transport = globalThis, retry = 3 } = options;
  const { attempt: attemptTime = 15_000, total = 60_000 } = options.timeout ?? {};

  return async (call) => {
    const { operation } = call;
    const signal = either(options.signal, call.signal);
    call.signal = signal;
    call.excerpt = excerpt;
    const writes = isWrite(operation);
    const most = writes ? 2 : retry;
    const ends = performance.now() + total;
    const left = () => ends - performance.now();
    let renewed = false;
    try {
      for (let turn = 1; ; turn += 1) {
        signal?.throwIfAborted();
        let used = "";
        if (token !== undefined && !withoutToken.includes(operation)) {
          const current = currentToken(token);
          used = typeof current === "string" ? current : await within(current, signal, left());
          call.headers["Authorization"] = bearer(used);
        }
        const run = async (): Promise<Outcome> => {
          const time = Math.min(attemptTime, left());
          if (time <= 0) throw new OutOfTime();
          // Full jitter, of 5 s at most, so that clients that failed together do not come back together.
          const delay = Math.random() * Math.min(5000, 200 * 2 ** turn);
          const controller = new AbortController();
          const end = () => controller.abort(signal?.reason);
          try {
            // In time even over a transport that hears of no signal.
            const received = await within(exchange(call, transport, controller.signal), signal, time);
            // It is still to be read.
            if (call.parseAs === "stream") signal?.addEventListener("abort", end);
            const { status, headers } = received.response;
            return { received, delay: status === 429 ? retryAfter(headers) : delay };
          } catch (error) {
            // What is still under way is of no use.
            end();
            const failed =
              error instanceof OutOfTime ? new TimedOutError(where(call), time < attemptTime ? total : time) : error;
            return { failed, delay };
          }
        };
        const { received, failed, delay } = await (around?.(call, turn, left(), run) ?? run());
        const isLast = () => turn >= most || delay >= left();
        if (received !== undefined) {
          const { status } = received.response;
          if (status === 401 && used !== "" && !renewed && typeof token === "object") {
            renewed = true;
            if ((await within(token.renew(used), signal, left())) === undefined) return received;
            turn -= 1;
            continue;
          }
          if (!/^(429|50[0234])$/.test(String(status))) return received;
          if (writes && status !== 429)
            throw new OutcomeUnknownError(
              where(call),
              new UnexpectedAnswerError(`status ${status}`, where(call), status),
            );
          if (isLast()) return received;
        } else {
          if (signal?.aborted) throw signal.reason;
          const failure = judge(failed, where(call), readFailure);
          if (writes && !failure.unsent) throw new OutcomeUnknownError(where(call), failure.error);
          if (!failure.again || isLast()) throw failure.error;
        }
        await pause(delay, signal);
      }
    } catch (error) {
      throw error instanceof OutOfTime ? new TimedOutError(where(call), total) : error;
    }
  };
};
