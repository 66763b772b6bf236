import { expect, test } from "vitest";
import { clientOf, failureOf, replyJson, serveRaw, settings, timed } from "./raw-server.ts";

test("F29 a token renewed while the host lets one request through at a time does not wait for itself", async () => {
  await using server = await serveRaw((socket, { turn, path, headers }) => {
    if (turn === 1) return replyJson(socket, 429, { errors: [] }, { "Retry-After": "0" });
    if (path.endsWith("/tenant")) return replyJson(socket, 200, {});
    const isStale = headers["authorization"] === "Bearer stale";
    replyJson(socket, isStale ? 401 : 200, isStale ? { errors: [] } : settings);
  });
  let current = "stale";
  const pbx = clientOf(server.url, globalThis, {
    token: {
      token: () => current,
      renew: async () => {
        await clientOf(server.url, globalThis).GET("/tenant");
        current = "fresh";
        return current;
      },
    },
  });
  expect((await pbx.GET("/call_park")).data).toEqual(settings);
  expect(server.seen()).toEqual(["GET /api/call_park", "GET /api/call_park", "GET /api/tenant", "GET /api/call_park"]);
});

test("F33 a call that is held back for longer than its deadline is given up, and was never sent", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  const pbx = clientOf(server.url, globalThis, { budget: 30, timeout: { total: 300 } });
  const calls = [pbx.GET("/call_park"), pbx.POST("/call_park", { body: { recall_time: 120 } })];
  const [error, time] = await timed(failureOf(calls[1] as Promise<unknown>));
  expect((await calls[0])?.response.status).toBe(200);
  expect(error).toMatchObject({
    name: "TimedOutError",
    message: `No answer from the PBX within 0.3 s: POST ${server.url}/api/call_park`,
  });
  expect(time).toBeLessThan(900);
  expect(server.seen()).toEqual(["GET /api/call_park"]);
});

test("F01 a token that cannot be had: nothing is sent, and a POST is not in doubt", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  const own = new Error("The vault is closed");
  const pbx = clientOf(server.url, globalThis, { token: () => Promise.reject(own) });
  expect(await failureOf(pbx.GET("/call_park"))).toBe(own);
  expect(await failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }))).toBe(own);
  expect(server.seen()).toEqual([]);
});
