import { CallParkError, createCallParkClient } from "@callpark/client";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What the PBX, or the way to it, makes of a request. */
const outcome = fc.oneof(
  fc.record({ kind: fc.constant("answer" as const), status: fc.constantFrom(200, 401, 403, 404, 422, 500, 501, 503) }),
  fc.record({ kind: fc.constant("limited" as const), after: fc.option(fc.integer({ min: 0, max: 90 })) }),
  fc.record({ kind: fc.constant("unsent" as const) }),
  fc.record({ kind: fc.constant("cut" as const) }),
  fc.record({ kind: fc.constant("hang" as const) }),
);
type Outcome = typeof outcome extends fc.Arbitrary<infer Value> ? Value : never;

const perform = (one: Outcome, { signal }: RequestInit): Promise<Response> => {
  const body = JSON.stringify({ errors: [{ code: "UNKNOWN", message: "no" }] });
  const headers = { "Content-Type": "application/json" };
  if (one.kind === "answer") return Promise.resolve(new Response(body, { status: one.status, headers }));
  if (one.kind === "limited")
    return Promise.resolve(
      new Response(body, { status: 429, headers: one.after === null ? headers : { "Retry-After": String(one.after) } }),
    );
  if (one.kind === "hang")
    return new Promise((_, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  const code = one.kind === "unsent" ? "ECONNREFUSED" : "ECONNRESET";
  return Promise.reject(
    Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("x"), { code }) }),
  );
};

let host = 0;

test("a call is tried no more often than it says, ends in time, and a write is sent again only where it never left", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(outcome, { minLength: 8, maxLength: 8 }),
      fc.constantFrom("GET", "POST"),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 60_000 }),
      fc.integer({ min: 1, max: 120_000 }),
      async (outcomes, method, retry, attempt, total) => {
        const seen: Outcome[] = [];
        host += 1;
        const pbx = createCallParkClient({
          baseUrl: `https://retry-${host}.example.com`,
          write: true,
          retry,
          timeout: { attempt, total },
          transport: {
            fetch: (_, init) => {
              const one = outcomes[seen.length] ?? { kind: "hang" };
              seen.push(one);
              return perform(one, init);
            },
          },
        });
        const started = performance.now();
        let took = Number.POSITIVE_INFINITY;
        const call = (
          method === "GET" ? pbx.GET("/call_park") : pbx.POST("/call_park", { body: { recall_time: 120 } })
        ).then(
          ({ response }) => {
            took = performance.now() - started;
            return response.status;
          },
          (error: unknown) => {
            took = performance.now() - started;
            return error;
          },
        );
        await vi.runAllTimersAsync();
        const ended = await call;
        // Node's timers have whole milliseconds, and may be one late for each.
        expect(took).toBeLessThanOrEqual(total + seen.length + 1);
        expect(seen.length).toBeLessThanOrEqual(method === "POST" ? 2 : retry);
        expect(typeof ended === "number" || ended instanceof CallParkError).toBe(true);
        // All but the last were followed by another.
        const again = method === "GET" ? ["limited", "unsent", "cut", "hang", "answer"] : ["limited", "unsent"];
        for (const one of seen.slice(0, -1)) {
          expect(again).toContain(one.kind);
          if (one.kind === "answer") expect([500, 503]).toContain(one.status);
        }
        const last = seen.at(-1);
        const isLost =
          last?.kind === "cut" ||
          last?.kind === "hang" ||
          (last?.kind === "answer" && [500, 503].includes(last.status));
        if (method === "POST") expect(Object(ended).name === "OutcomeUnknownError").toBe(isLost);
        expect(vi.getTimerCount()).toBe(0);
      },
    ),
    { numRuns: 300 },
  ));
