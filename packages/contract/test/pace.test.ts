import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pace } from "../src/pace.ts";
import { TargetError } from "../src/target.ts";
import type { Exchange } from "../src/wire.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A PBX over its rate limit that wants to be left alone for 61 s. */
const limited = () => {
  const started = Date.now();
  return async () => {
    const left = started + 61_000 - Date.now();
    const headers = new Headers({ "Retry-After": String(Math.ceil(left / 1000)) });
    return { status: left > 0 ? 429 : 200, headers, text: "" } as Exchange;
  };
};
const options = { budget: undefined, signal: undefined, resend: true };

test("a rate limit of more than a minute ends a run", async () => {
  await expect(new Pace("one.test").send(limited(), options)).rejects.toThrow(TargetError);
});

test("a rate limit of more than a minute is waited out where things are put back", async () => {
  const pace = new Pace("other.test");
  pace.persist();
  const answer = pace.send(limited(), options);
  await vi.advanceTimersByTimeAsync(61_000);
  expect((await answer).status).toBe(200);
});
