import { expect, test } from "vitest";
import { startSandbox } from "../src/index.ts";
import { send, start, tokenOf } from "./support.ts";

test("an address that has used up its requests is told how long to wait, and may go on then", async () => {
  let now = Date.now();
  const pbx = await start({ rateLimit: 3, now: () => now });
  const token = await tokenOf(pbx);
  const ask = () => send(pbx, "GET", "/call_park", { token });
  expect([(await ask()).status, (await send(pbx, "GET", "/info")).status, (await ask()).status]).toEqual([
    200, 200, 200,
  ]);
  now += 17_500;
  const refused = await ask();
  expect([refused.status, refused.headers.get("retry-after"), refused.body]).toEqual([
    429,
    "43",
    { errors: [{ code: "UNKNOWN", message: "Too many requests from this address" }] },
  ]);
  now += 42_499;
  expect((await ask()).status).toBe(429);
  now += 1;
  expect((await ask()).status).toBe(200);
});

test("refused requests are counted too, and the limit is the address's, whoever signs in", async () => {
  const pbx = await start({ rateLimit: 2 });
  const [one, other] = [await tokenOf(pbx), await tokenOf(pbx)];
  expect((await send(pbx, "GET", "/call_park")).status).toBe(401);
  expect((await send(pbx, "GET", "/call_park", { token: one })).status).toBe(200);
  expect((await send(pbx, "GET", "/call_park", { token: other })).status).toBe(429);
});

test("each PBX counts by itself", async () => {
  const [one, other] = [await start({ rateLimit: 1 }), await start({ rateLimit: 1 })];
  expect((await send(one, "GET", "/info")).status).toBe(200);
  expect((await send(one, "GET", "/info")).status).toBe(429);
  expect((await send(other, "GET", "/info")).status).toBe(200);
});

test("a latency holds each answer back, and not the requests beside it", async () => {
  const pbx = await start({ latency: { milliseconds: 200, jitter: 50 } });
  const began = performance.now();
  const replies = await Promise.all(Array.from({ length: 20 }, () => send(pbx, "GET", "/info")));
  expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
  // One after the other they would take three seconds at the least.
  expect(performance.now() - began).toBeGreaterThanOrEqual(149);
});

test.each([
  [{ rateLimit: 0 }, "rateLimit is 0: choose a whole number of requests, 1 or more"],
  [{ rateLimit: 1.5 }, "rateLimit is 1.5: choose a whole number of requests, 1 or more"],
  [{ tenants: 0 }, "tenants is 0: choose a whole number of tenants, 1 or more"],
  [{ latency: -1 }, "latency is -1: choose a number of milliseconds, 0 or more"],
  [
    { latency: { milliseconds: 1, jitter: Number.NaN } },
    "latency.jitter is NaN: choose a number of milliseconds, 0 or more",
  ],
])("%j is refused", async (options, message) => {
  await expect(startSandbox(options)).rejects.toThrow(new RangeError(message));
});
