import { type CallParkClientOptions, createCallParkClient, createSession, type Tokens } from "@callpark/client";
import { expect, test } from "vitest";
import { json, serve } from "./server.ts";

const pair = (index: number): Tokens => ({ access_token: `a${index}`, refresh_token: `r${index}`, expires_in: 1800 });
const unauthorized = { errors: [{ code: "UNAUTHORIZED", message: "no" }] };

/** A PBX that takes the newest access token only, and gives a new pair for each refresh token. */
const servePbx = (refresh?: (turn: number) => [number, unknown]) => {
  let turn = 0;
  let good = "a1";
  return serve(({ url, headers }, response) => {
    if (!url?.endsWith("/auth/refresh_token"))
      return headers.authorization === `Bearer ${good}`
        ? json(response, 200, { recall_time: 300 })
        : json(response, 401, unauthorized);
    turn += 1;
    const [status, body] = refresh?.(turn) ?? [200, { token_type: "Bearer", ...pair(turn) }];
    if (status === 200) good = Object(body).access_token;
    json(response, status, body);
  });
};
const client = (baseUrl: string, token: NonNullable<CallParkClientOptions["token"]>) =>
  createCallParkClient({ baseUrl, token });
const sent = ({ requests }: Awaited<ReturnType<typeof serve>>) =>
  requests.map(({ path, body, headers }) => `${path.replace("/api", "")} ${headers.authorization ?? body}`);

test("a token that has ended is renewed, and the call sent again once", async () => {
  await using pbx = await servePbx();
  const { response } = await client(pbx.url, createSession({ baseUrl: pbx.url, tokens: pair(0) })).callPark.get();
  expect(response.status).toBe(200);
  expect(sent(pbx)).toEqual([
    "/call_park Bearer a0",
    '/auth/refresh_token {"refresh_token":"r0"}',
    "/call_park Bearer a1",
  ]);
});

test("a PBX that goes on refusing is asked for one new token a call", async () => {
  await using pbx = await serve(({ url }, response) =>
    url?.endsWith("/auth/refresh_token") ? json(response, 200, pair(1)) : json(response, 401, unauthorized),
  );
  const { response } = await client(pbx.url, createSession({ baseUrl: pbx.url, tokens: pair(0) })).callPark.get();
  expect([response.status, pbx.requests.length]).toEqual([401, 3]);
});

test.each([400, 401])("a refresh token that is refused with %i is not tried again", async (status) => {
  await using pbx = await servePbx(() => [status, unauthorized]);
  const { callPark } = client(pbx.url, createSession({ baseUrl: pbx.url, tokens: pair(0) }));
  expect((await callPark.get()).response.status).toBe(401);
  expect((await callPark.get()).response.status).toBe(401);
  expect(sent(pbx).map((line) => line.split(" ")[0])).toEqual(["/call_park", "/auth/refresh_token", "/call_park"]);
});

test("without tokens there is no session yet", async () => {
  await using pbx = await servePbx();
  const token = createSession({ baseUrl: pbx.url, tokens: { read: () => undefined, write: () => undefined } });
  await expect(client(pbx.url, token).callPark.get()).rejects.toThrow("There are no tokens yet: sign in first");
  expect(pbx.requests).toEqual([]);
});

test("what another process has renewed is used, and not renewed again", async () => {
  await using pbx = await servePbx();
  let kept = pair(0);
  const token = createSession({
    baseUrl: pbx.url,
    tokens: {
      read: () => kept,
      write: () => expect.unreachable(),
      lock: async (run) => {
        kept = pair(1);
        return run();
      },
    },
  });
  expect((await client(pbx.url, token).callPark.get()).response.status).toBe(200);
  expect(sent(pbx)).toEqual(["/call_park Bearer a0", "/call_park Bearer a1"]);
});

test("signed out by another process, a session asks for no new token", async () => {
  await using pbx = await servePbx();
  const states = [pair(0), undefined];
  const token = createSession({ baseUrl: pbx.url, tokens: { read: () => states.shift(), write: () => undefined } });
  expect((await client(pbx.url, token).callPark.get()).response.status).toBe(401);
  expect(sent(pbx)).toEqual(["/call_park Bearer a0"]);
});

test("tokens that cannot be stored are used all the same by those who call next", async () => {
  await using pbx = await servePbx();
  const token = createSession({
    baseUrl: pbx.url,
    tokens: { read: () => pair(0), write: () => Promise.reject(new Error("disk full")) },
  });
  const { callPark } = client(pbx.url, token);
  await expect(callPark.get()).rejects.toThrow("disk full");
  expect((await callPark.get()).response.status).toBe(200);
  expect(sent(pbx).at(-1)).toBe("/call_park Bearer a1");
});

test("a second factor cannot be given by a session", async () => {
  await using pbx = await servePbx(() => [200, { two_factor_enabled: true, token: "x" }]);
  const { callPark } = client(pbx.url, createSession({ baseUrl: pbx.url, tokens: pair(0) }));
  expect((await callPark.get()).response.status).toBe(401);
});

test("a session renews while the host is held back to one request at a time", async () => {
  let limited = false;
  await using pbx = await serve(({ url, headers }, response) => {
    if (!limited) {
      limited = true;
      return json(response, 429, unauthorized, { "Retry-After": "0" });
    }
    if (url?.endsWith("/auth/refresh_token")) return json(response, 200, { token_type: "Bearer", ...pair(1) });
    return headers.authorization === "Bearer a1" ? json(response, 200, {}) : json(response, 401, unauthorized);
  });
  const { callPark } = client(pbx.url, createSession({ baseUrl: pbx.url, tokens: pair(0) }));
  expect((await callPark.get()).response.status).toBe(200);
  expect(pbx.requests).toHaveLength(4);
});

test("a PBX that does not say how long a token is good for is not asked for another before each call", async () => {
  const { expires_in: _left, ...pairWithoutEnd } = pair(1);
  await using pbx = await servePbx(() => [200, { token_type: "Bearer", ...pairWithoutEnd }]);
  let kept: Tokens | undefined = pair(0);
  const write = (tokens: Tokens) => {
    kept = tokens;
  };
  const { callPark } = client(pbx.url, createSession({ baseUrl: pbx.url, tokens: { read: () => kept, write } }));
  for (const _ of "abc") expect((await callPark.get()).response.status).toBe(200);
  expect(sent(pbx).filter((line) => line.includes("refresh"))).toHaveLength(1);
  expect(kept).toMatchObject({ ...pairWithoutEnd, expires_in: 0 });
});
