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
  const waits: unknown[] = [];
  pace.onWait = (wait) => waits.push(wait);
  const answer = pace.send(limited(), options);
  await vi.advanceTimersByTimeAsync(61_000);
  expect((await answer).status).toBe(200);
  expect(waits).toEqual([{ host: "other.test", milliseconds: 61_000, status: 429 }]);
});

test("a look before a request is sent again does not use up what the rate limit leaves for the request", async () => {
  let next = Date.now();
  // One request a second, whatever it is.
  const ask = async () => {
    const left = next - Date.now();
    if (left <= 0) next = Date.now() + 1000;
    const headers = new Headers({ "Retry-After": "1" });
    return { status: left > 0 ? 429 : 200, headers, text: "" } as Exchange;
  };
  const pace = new Pace("third.test");
  await pace.send(ask, options);
  const statuses: number[] = [];
  void pace
    .send(ask, { ...options, lookAgain: async () => void (await pace.send(ask, options)) })
    .then(({ status }) => statuses.push(status));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(statuses).toEqual([200]);
});

test("a request whose turn comes late is sent right after a look, both within the budget", async () => {
  const pace = new Pace("fourth.test");
  const began = performance.now();
  const sent: string[] = [];
  const ask = (what: string) => async () => {
    sent.push(`${what} ${Math.round((performance.now() - began) / 1000)}`);
    return { status: 200, headers: new Headers(), text: "" } as Exchange;
  };
  const minutely = { ...options, budget: 30 };
  const lookAgain = async () => void (await pace.send(ask("look"), minutely));
  const work = async () => {
    await pace.send(ask("write"), { ...minutely, lookAgain });
    await pace.send(ask("write"), { ...minutely, lookAgain });
    await pace.send(ask("read"), minutely);
  };
  void work();
  await vi.advanceTimersByTimeAsync(20_000);
  // One request in two seconds: the first one's turn came at once, and the second one waited for its own and the look's.
  expect(sent).toEqual(["write 0", "look 4", "write 4", "read 6"]);
});
