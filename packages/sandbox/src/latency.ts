import { setTimeout as wait } from "node:timers/promises";
import type { Answering } from "./behaviours/behaviour.ts";

/** How long an answer takes, in milliseconds. */
export interface Latency {
  milliseconds: number;
  /** It takes so much more or less, at random. @default 0 */
  jitter?: number;
}

/** Answers later. */
export const withLatency = (answering: Answering, { milliseconds, jitter = 0 }: Latency): Answering => {
  return async (request) => {
    await wait(Math.max(0, milliseconds + jitter * (2 * Math.random() - 1)));
    return answering(request);
  };
};
