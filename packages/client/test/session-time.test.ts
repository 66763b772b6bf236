import { createCallParkClient, createSession } from "@callpark/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const baseUrl = "https://session-time.example.com";
const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });

const start = async (refresh: () => Promise<Response>, expires_in: number) => {
  const sent: string[] = [];
  const transport = {
    fetch: async (url: string, init: RequestInit) => {
      sent.push(Object(init.headers).Authorization ?? "refresh");
      return url.endsWith("refresh_token") ? refresh() : json({});
    },
  };
  const tokens = { access_token: "a0", refresh_token: "r0", expires_in };
  const token = createSession({ baseUrl, tokens, transport, timeout: { total: 1000 } });
  const pbx = createCallParkClient({ baseUrl, token, transport });
  await pbx.callPark.get();
  return { pbx, sent };
};
const renewed = async () => json({ access_token: "a1", refresh_token: "r1", expires_in: 1800 });

test("a token is renewed a minute before it ends, by elapsed time", async () => {
  const { pbx, sent } = await start(renewed, 600);
  await vi.advanceTimersByTimeAsync(539_000);
  // The clock is set to tomorrow: that ends nothing.
  vi.setSystemTime(Date.now() + 86_400_000);
  await pbx.callPark.get();
  await vi.advanceTimersByTimeAsync(1000);
  await pbx.callPark.get();
  expect(sent).toEqual(["Bearer a0", "Bearer a0", "refresh", "Bearer a1"]);
});

test("a token that cannot be renewed in time is used until the PBX refuses it", async () => {
  const { pbx, sent } = await start(() => Promise.reject(new TypeError("fetch failed")), 600);
  await vi.advanceTimersByTimeAsync(590_000);
  const call = pbx.callPark.get();
  await vi.advanceTimersByTimeAsync(10_000);
  expect((await call).response.status).toBe(200);
  expect(sent.at(-1)).toBe("Bearer a0");
});

test("a token of a minute or less is used until the PBX refuses it", async () => {
  const { pbx, sent } = await start(renewed, 60);
  await vi.advanceTimersByTimeAsync(590_000);
  await pbx.callPark.get();
  expect(sent).toEqual(["Bearer a0", "Bearer a0"]);
});
