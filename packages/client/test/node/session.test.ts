import {
  createCallParkClient,
  createSession,
  NotSignedInError,
  RefusedError,
  type Tokens,
  unwrap,
} from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { afterEach, expect, test, vi } from "vitest";
import { json } from "../server.ts";
import { firstTokens, newTokens, refusal, serveSignedIn } from "./signed-in.ts";

const transport = createNodeTransport({ proxy: false });
afterEach(() => void vi.useRealTimers());

const clientOf = (baseUrl: string, tokens: Tokens = firstTokens, timeout?: { attempt: number }) => {
  const options = { baseUrl, transport, ...(timeout && { timeout }) };
  return createCallParkClient({ baseUrl, transport, token: createSession({ ...options, tokens }), write: true });
};

test("F34: a 401 in the middle of a run is refreshed, and the call replayed once: a read and a write", async () => {
  await using pbx = await serveSignedIn();
  const client = clientOf(pbx.url);
  await unwrap(client.GET("/ring_groups"));
  pbx.good = "none";
  await unwrap(client.GET("/ring_groups"));
  pbx.good = "none";
  await unwrap(client.POST("/call_park", { body: { recall_time: 120 } }));
  expect(pbx.used()).toEqual(["access-0", "access-0", "access-1", "access-1", "access-2"]);
  expect(pbx.requests.filter(({ path }) => path === "/api/auth/refresh_token").map(({ body }) => body)).toEqual([
    '{"refresh_token":"refresh-0"}',
    '{"refresh_token":"refresh-1"}',
  ]);
});

test("F35: 50 parallel 401s lead to one refresh, and late ones use the new token", async () => {
  await using pbx = await serveSignedIn();
  pbx.good = "none";
  const client = clientOf(pbx.url);
  const calls = Array.from({ length: 50 }, () => unwrap(client.GET("/ring_groups")));
  await Promise.all(calls);
  await unwrap(client.GET("/ring_groups"));
  expect(pbx.refreshes()).toBe(1);
  expect(pbx.used().filter((token) => token === "access-0")).toHaveLength(50);
  expect(pbx.used().filter((token) => token === "access-1")).toHaveLength(51);
});

test("F35: a 401 to the old token that comes after the refresh leads to no further one", async () => {
  await using pbx = await serveSignedIn();
  pbx.good = "none";
  const session = createSession({ baseUrl: pbx.url, transport, tokens: firstTokens });
  expect(await session.renew("access-0")).toBe("access-1");
  expect(await session.renew("access-0")).toBe("access-1");
  expect(pbx.refreshes()).toBe(1);
});

test("F36: where no new refresh token comes, the old one is kept", async () => {
  await using pbx = await serveSignedIn((_, response, turn) => {
    const { refresh_token: _left, ...rest } = newTokens(turn);
    pbx.good = rest.access_token;
    json(response, 200, rest);
  });
  pbx.good = "none";
  const written: Tokens[] = [];
  const tokens = { read: () => written.at(-1) ?? firstTokens, write: (next: Tokens) => void written.push(next) };
  const session = createSession({ baseUrl: pbx.url, transport, tokens });
  const client = createCallParkClient({ baseUrl: pbx.url, transport, token: session });
  await unwrap(client.GET("/ring_groups"));
  pbx.good = "none";
  await unwrap(client.GET("/ring_groups"));
  expect(written.map(({ access_token, refresh_token }) => [access_token, refresh_token])).toEqual([
    ["access-1", "refresh-0"],
    ["access-2", "refresh-0"],
  ]);
});

test("F37: a refresh that is answered with 401 means signed out", async () => {
  await using pbx = await serveSignedIn((_, response) => json(response, 401, refusal));
  pbx.good = "none";
  const client = clientOf(pbx.url);
  await expect(unwrap(client.GET("/ring_groups"))).rejects.toThrow(NotSignedInError);
  expect([pbx.refreshes(), pbx.used()]).toEqual([1, ["access-0"]]);
});

test.each(["is answered with 500", "hangs"])(
  "F37: a refresh that %s is tried again, and the tokens kept",
  async (how) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    await using pbx = await serveSignedIn((_, response, turn) => {
      if (turn === 3) {
        pbx.good = "access-3";
        json(response, 200, newTokens(3));
      } else if (how !== "hangs") json(response, 500, {});
    });
    pbx.good = "none";
    const client = clientOf(pbx.url, firstTokens, { attempt: 100 });
    await unwrap(client.GET("/ring_groups"));
    expect([pbx.refreshes(), pbx.used()]).toEqual([3, ["access-0", "access-3"]]);
  },
);

test("F37: a refresh that fails to the last throws away no token: the next call tries again", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  await using pbx = await serveSignedIn((_, response, turn) => {
    if (turn > 3) pbx.good = `access-${turn}`;
    json(response, turn > 3 ? 200 : 500, turn > 3 ? newTokens(turn) : {});
  });
  pbx.good = "none";
  const client = clientOf(pbx.url);
  await expect(unwrap(client.GET("/ring_groups"))).rejects.toThrow("status 500");
  await unwrap(client.GET("/ring_groups"));
  expect(pbx.requests.filter(({ path }) => path.endsWith("refresh_token")).map(({ body }) => body)).toEqual(
    Array(4).fill('{"refresh_token":"refresh-0"}'),
  );
});

test("F39: where 401 goes on after a refresh, that is the end", async () => {
  await using pbx = await serveSignedIn((_, response, turn) => json(response, 200, newTokens(turn)));
  pbx.good = "none";
  await expect(unwrap(clientOf(pbx.url).GET("/ring_groups"))).rejects.toThrow(NotSignedInError);
  expect([pbx.refreshes(), pbx.used()]).toEqual([1, ["access-0", "access-1"]]);
});

test("F40: 403 leads to no refresh", async () => {
  await using pbx = await serveSignedIn();
  const answer = vi.fn((_url: string, _init: RequestInit) =>
    Promise.resolve(Response.json({ errors: [{ code: "FORBIDDEN", message: "No" }] }, { status: 403 })),
  );
  const session = createSession({ baseUrl: pbx.url, transport, tokens: firstTokens });
  const client = createCallParkClient({ baseUrl: pbx.url, transport: { fetch: answer }, token: session });
  const error = await unwrap(client.GET("/ring_groups")).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(RefusedError);
  expect(error).toMatchObject({ name: "RefusedError", status: 403 });
  expect([answer.mock.calls.length, pbx.refreshes()]).toEqual([1, 0]);
});

test("F64: a token ends by elapsed time, a minute early, however the clock is set", async () => {
  vi.useFakeTimers({ toFake: ["performance", "Date"] });
  await using pbx = await serveSignedIn();
  const client = clientOf(pbx.url);
  await unwrap(client.GET("/ring_groups"));
  vi.setSystemTime(Date.now() + 365 * 86_400_000);
  await unwrap(client.GET("/ring_groups"));
  vi.setSystemTime(0);
  await unwrap(client.GET("/ring_groups"));
  expect(pbx.refreshes()).toBe(0);
  vi.advanceTimersByTime((3600 - 61) * 1000);
  await unwrap(client.GET("/ring_groups"));
  expect(pbx.refreshes()).toBe(0);
  vi.advanceTimersByTime(1001);
  await unwrap(client.GET("/ring_groups"));
  expect([pbx.refreshes(), pbx.used().at(-1)]).toEqual([1, "access-1"]);
});

test("F64: a machine that slept renews before it calls, and no call is refused", async () => {
  vi.useFakeTimers({ toFake: ["performance", "Date"] });
  await using pbx = await serveSignedIn();
  const client = clientOf(pbx.url);
  await unwrap(client.GET("/ring_groups"));
  vi.advanceTimersByTime(12 * 3_600_000);
  await unwrap(client.GET("/ring_groups"));
  expect([pbx.refreshes(), pbx.used()]).toEqual([1, ["access-0", "access-1"]]);
});
