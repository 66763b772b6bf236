import type { ClientOptions } from "../options.ts";
import { type Call, withoutQuery } from "./attempt.ts";
import type { Outcome } from "./send.ts";

/** Runs an attempt, and tells the caller's hooks of it. They are shown no header, no query and no body. */
export type Watch = (call: Call, turn: number, run: () => Promise<Outcome>) => Promise<Outcome>;

export const watch =
  ({ onRequest, onResponse }: ClientOptions): Watch =>
  async ({ operation, url }, attempt, run) => {
    const event = { operation, url: withoutQuery(url), attempt };
    const started = performance.now();
    onRequest?.(event);
    const outcome = await run();
    const { received, failed } = outcome;
    onResponse?.({
      ...event,
      ...(received === undefined ? { error: failed as Error } : { status: received.response.status }),
      duration: performance.now() - started,
    });
    return outcome;
  };
