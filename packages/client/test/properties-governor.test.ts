import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { governorOf } from "../src/core/governor.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const short = fc.integer({ min: 1, max: 5000 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant("take" as const),
    count: fc.integer({ min: 1, max: 20 }),
    abortAfter: fc.option(short),
  }),
  fc.record({ kind: fc.constant("wait" as const), milliseconds: short }),
  fc.record({ kind: fc.constant("done" as const) }),
  fc.record({ kind: fc.constant("limited" as const), milliseconds: short }),
);

let host = 0;

test("no minute has more than the budget, all leave in order, a pause holds everybody, and nothing leaks", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 15 }),
      fc.integer({ min: 10, max: 100 }),
      async (steps, budget) => {
        host += 1;
        const governor = governorOf(`governor-${host}`);
        const left: { id: number; at: number }[] = [];
        /** Each: when it left, how long the host was to be left alone, how many were under way, how many might be. */
        const seen: { at: number; until: number; underWay: number; window: number }[] = [];
        let underWay = 0;
        let ids = 0;
        let waiting = 0;
        let until = 0;
        /** After a pause: one at first, then so many more as were answered since. */
        let window = Number.POSITIVE_INFINITY;
        const leave = (id: number) => {
          underWay += 1;
          left.push({ id, at: performance.now() });
          seen.push({ at: performance.now(), until, underWay, window });
        };
        const take = (id: number, abortAfter: number | null) => {
          const controller = new AbortController();
          if (abortAfter !== null) setTimeout(() => controller.abort(), abortAfter);
          const held = governor.take(budget, controller.signal, 2 ** 31 - 1);
          if (held === undefined) return leave(id);
          waiting += 1;
          const over = () => {
            waiting -= 1;
          };
          held.then(() => leave(id)).then(over, over);
        };
        // So that as much as ever may leave at once.
        await vi.advanceTimersByTimeAsync(5000);
        for (const one of steps) {
          if (one.kind === "take")
            for (let turn = 0; turn < one.count; turn += 1) {
              ids += 1;
              take(ids, one.abortAfter);
            }
          else if (one.kind === "wait") await vi.advanceTimersByTimeAsync(one.milliseconds);
          else if (underWay > 0) {
            underWay -= 1;
            if (one.kind === "limited") {
              until = Math.max(until, performance.now() + one.milliseconds);
              window = 1;
              governor.pause(one.milliseconds);
            } else if (performance.now() >= until) window *= 2;
            governor.done(one.kind === "limited");
          }
          // Whoever was let go has left before the next step.
          await vi.advanceTimersByTimeAsync(0);
        }
        // Whoever still waits gets their turn once the others are done.
        while (waiting > 0 || underWay > 0) {
          for (; underWay > 0; underWay -= 1) {
            if (performance.now() >= until) window *= 2;
            governor.done(false);
          }
          await vi.advanceTimersByTimeAsync(1000);
        }
        for (const one of seen) {
          expect(one.at).toBeGreaterThanOrEqual(one.until);
          expect(one.underWay).toBeLessThanOrEqual(one.window);
        }
        expect(left.map(({ id }) => id)).toEqual(left.map(({ id }) => id).toSorted((one, other) => one - other));
        for (const [index, { at }] of left.entries()) {
          const minute = left.slice(index).filter((other) => other.at - at < 60_000);
          expect(minute.length).toBeLessThanOrEqual(budget);
        }
        await vi.advanceTimersByTimeAsync(120_000);
        expect(governor.take(budget, undefined, 1)).toBeUndefined();
        expect(vi.getTimerCount()).toBe(0);
      },
    ),
    { numRuns: 200 },
  ));
