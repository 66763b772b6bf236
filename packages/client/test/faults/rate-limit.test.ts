import { retryAfter, unwrap } from "@callpark/client";
import { expect, test, vi } from "vitest";
import { type Client, clientOf, failureOf, replyJson, serveRaw, settings, timed, transports } from "./raw-server.ts";

const tooMany = { errors: [{ code: "UNKNOWN", message: "Too many requests" }] };

/** A PBX whose first answers are 429 with these headers, and what was asked of it when, in ms from the first. */
const serveLimited = async (...refusals: Record<string, string>[]) => {
  const times: number[] = [];
  let first = 0;
  const server = await serveRaw((socket, { turn }) => {
    if (turn === 1) first = performance.now();
    times.push(performance.now() - first);
    const headers = refusals[turn - 1];
    if (headers === undefined) replyJson(socket, 200, settings);
    else replyJson(socket, 429, tooMany, headers);
  });
  return { ...server, times };
};
const write = (pbx: Client) => pbx.POST("/call_park", { body: { recall_time: 120 } });

test.each(transports)(
  "F29 429, Retry-After in seconds: the call waits, and so does every other of the host (%s)",
  async (_, transport) => {
    await using server = await serveLimited({ "Retry-After": "1" });
    let note: () => void = () => undefined;
    const isRead = new Promise<void>((resolve) => {
      note = resolve;
    });
    const first = clientOf(server.url, transport, { onResponse: () => note() }).GET("/call_park");
    await isRead;
    await new Promise(setImmediate);
    // This one never saw a 429.
    const other = clientOf(server.url, transport, { token: "other" });
    const answers = await Promise.all([first, other.GET("/call_park"), write(other)]);
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    expect(server.times.length).toBe(4);
    for (const time of server.times.slice(1)) {
      expect(time).toBeGreaterThan(990);
      expect(time).toBeLessThan(2500);
    }
  },
);

test.each(transports)(
  "F29 429, Retry-After longer than the deadline: given back at once, and the host is left alone (%s)",
  async (_, transport) => {
    await using server = await serveLimited({ "Retry-After": "30" });
    const pbx = clientOf(server.url, transport, { timeout: { total: 2000 } });
    const [answer, time] = await timed(pbx.GET("/call_park"));
    expect([answer.error, answer.response.status]).toEqual([tooMany, 429]);
    expect(time).toBeLessThan(1000);
    expect(await failureOf(unwrap(answer))).toMatchObject({ name: "RateLimitedError", retryAfter: "30" });
    // Another call of the host is refused without being sent, and says for how long.
    const refused = await failureOf(clientOf(server.url, transport, { timeout: { total: 2000 } }).GET("/call_park"));
    expect(refused).toMatchObject({ name: "RateLimitedError", status: 429, retryAfter: "30", errors: [] });
    expect(server.seen().length).toBe(1);
  },
);

test("F29 429, Retry-After in seconds: a signal ends the wait", async () => {
  await using server = await serveLimited({ "Retry-After": "5" });
  const [error, time] = await timed(
    failureOf(clientOf(server.url, globalThis).GET("/call_park", { signal: AbortSignal.timeout(200) })),
  );
  expect(error).toMatchObject({ name: "TimeoutError" });
  expect([server.seen().length, time < 1500]).toEqual([1, true]);
});

const date = (milliseconds: number) => new Date(milliseconds).toUTCString();
// Dates are whole seconds.
const now = () => Math.floor(Date.now() / 1000) * 1000;

test.each<[string, number]>([
  ["agrees with ours", 0],
  ["is an hour behind", -3_600_000],
  ["is a year ahead", 31_536_000_000],
])(
  "F30 429, Retry-After as a date, where the PBX's clock %s: waited as long as its own clock says",
  async (_, skew) => {
    const theirs = now() + skew;
    await using server = await serveLimited({ Date: date(theirs), "Retry-After": date(theirs + 1000) });
    expect((await clientOf(server.url, globalThis).GET("/call_park")).response.status).toBe(200);
    expect(server.times[1]).toBeGreaterThan(990);
    expect(server.times[1]).toBeLessThan(2000);
  },
);

test("F30 429, Retry-After as a date without a Date: our own clock", async () => {
  await using server = await serveLimited({ "Retry-After": date(now() + 2000) });
  expect((await clientOf(server.url, globalThis).GET("/call_park")).response.status).toBe(200);
  expect(server.times[1]).toBeGreaterThan(900);
  expect(server.times[1]).toBeLessThan(3000);
});

test("F30 429, Retry-After as a date that is over by the PBX's clock: as without one", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const theirs = now();
  await using server = await serveLimited({ Date: date(theirs), "Retry-After": date(theirs - 60_000) });
  expect((await clientOf(server.url, globalThis).GET("/call_park")).response.status).toBe(200);
  expect(server.times[1]).toBeGreaterThan(1990);
  expect(server.times[1]).toBeLessThan(3000);
});

test("F30 429, Retry-After as a date in years: clamped to a day and so refused, and the host is not left alone", async () => {
  const years = date(now() + 1e11);
  expect(retryAfter(new Headers({ "Retry-After": years }))).toBe(86_400_000);
  await using server = await serveLimited({ "Retry-After": years });
  const pbx = clientOf(server.url, globalThis);
  expect((await pbx.GET("/call_park")).response.status).toBe(429);
  expect((await pbx.GET("/call_park")).data).toEqual(settings);
});

test.each<[number, number]>([
  [0, 2000],
  [0.5, 3000],
])("F31 429 without Retry-After: 2 s and jitter, here of %s", async (drawn, least) => {
  vi.spyOn(Math, "random").mockReturnValue(drawn);
  await using server = await serveLimited({});
  expect((await clientOf(server.url, globalThis).GET("/call_park")).response.status).toBe(200);
  expect(server.times[1]).toBeGreaterThan(least - 10);
  expect(server.times[1]).toBeLessThan(least + 700);
});

test.each(transports)(
  "F31 429 again and again: a GET is tried 3 times, a POST is sent again once (%s)",
  async (_, transport) => {
    await using server = await serveLimited(...Array(9).fill({ "Retry-After": "0" }));
    const pbx = clientOf(server.url, transport);
    expect([(await pbx.GET("/call_park")).response.status, server.seen().length]).toEqual([429, 3]);
    const answer = await write(pbx);
    expect([answer.error, answer.response.status]).toEqual([tooMany, 429]);
    expect(server.seen().slice(3)).toEqual(["POST /api/call_park", "POST /api/call_park"]);
  },
);

test("F32 Retry-After that is junk or negative is ignored: as without one", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const waited = async (junk: string) => {
    await using server = await serveLimited({ "Retry-After": junk });
    expect((await clientOf(server.url, globalThis).GET("/call_park")).response.status).toBe(200);
    return server.times[1];
  };
  for (const time of await Promise.all(["soon", "-5", "1.5", "12 monkeys", "1e3", ""].map(waited))) {
    expect(time).toBeGreaterThan(1990);
    expect(time).toBeLessThan(2700);
  }
});

test.each(transports)(
  "F32 Retry-After of a day is refused, with the reason, call by call (%s)",
  async (_, transport) => {
    await using server = await serveLimited({ "Retry-After": "86400" }, { "Retry-After": "86400" });
    const pbx = clientOf(server.url, transport, { timeout: {} });
    const where = `${server.url}/api/call_park`;
    expect(await failureOf(unwrap(pbx.GET("/call_park")))).toMatchObject({
      name: "RateLimitedError",
      message: `Refused by the PBX with 429 (UNKNOWN: Too many requests), try again after 86400: GET ${where}`,
    });
    expect(await failureOf(unwrap(write(pbx)))).toMatchObject({
      name: "RateLimitedError",
      message: `Refused by the PBX with 429 (UNKNOWN: Too many requests), try again after 86400: POST ${where}`,
    });
    // The host is not left alone for the whole day: who asks again finds out how things stand.
    expect((await pbx.GET("/call_park")).data).toEqual(settings);
    expect(server.seen()).toEqual(["GET /api/call_park", "POST /api/call_park", "GET /api/call_park"]);
  },
);

/** A PBX that takes so many requests of each window, and a little while for each. */
const serveWindows = async (most: number, window: number) => {
  const log: { status: number; underWay: number; at: number }[] = [];
  let underWay = 0;
  let began = Number.NEGATIVE_INFINITY;
  let taken = 0;
  const server = await serveRaw((socket) => {
    const at = performance.now();
    if (at - began >= window) {
      began = at;
      taken = 0;
    }
    taken += 1;
    underWay += 1;
    const status = taken > most ? 429 : 200;
    log.push({ status, underWay, at });
    const left = Math.ceil((began + window - at) / 1000);
    setTimeout(() => {
      underWay -= 1;
      if (status === 200) replyJson(socket, 200, settings);
      else replyJson(socket, 429, tooMany, { "Retry-After": String(left) });
    }, 20);
  });
  return { ...server, log };
};

test.each(transports)(
  "F33 429 under 50 clients at once: one governor, no stampede, no further 429 (%s)",
  async (_, transport) => {
    await using server = await serveWindows(30, 1000);
    const clients = Array.from({ length: 50 }, (_one, tenant) =>
      clientOf(server.url, transport, { token: `tenant-${tenant}` }),
    );
    const answers = await Promise.all(clients.map((pbx) => pbx.GET("/call_park")));
    expect(answers.map(({ response }) => response.status)).toEqual(Array(50).fill(200));
    const statuses = server.log.map(({ status }) => status);
    expect(statuses).toEqual([...Array(30).fill(200), ...Array(20).fill(429), ...Array(20).fill(200)]);
    // One goes ahead; then twice as many as have come back at most.
    const [last, ...after] = server.log.slice(49);
    expect((after[0]?.at ?? 0) - (last?.at ?? 0)).toBeGreaterThan(900);
    expect(after.slice(0, 4).map(({ underWay }) => underWay)).toEqual([1, 1, 2, expect.any(Number)]);
    expect(Math.max(...after.map(({ underWay }) => underWay))).toBeLessThanOrEqual(16);
    expect(new Set(server.requests.map(({ headers }) => headers["authorization"])).size).toBe(50);
  },
);

test("F33 50 clients that name the PBX's budget: no 429 at all", async () => {
  // 20 a second, in windows that begin wherever they like; and a few that a busy machine lets come late.
  await using server = await serveWindows(46, 1000);
  const clients = Array.from({ length: 50 }, () => clientOf(server.url, globalThis, { budget: 1200 }));
  const answers = await Promise.all(clients.map((pbx) => pbx.GET("/call_park")));
  expect(answers.map(({ response }) => response.status)).toEqual(Array(50).fill(200));
  expect(server.log.map(({ status }) => status)).toEqual(Array(50).fill(200));
});

test("who names no budget is not held back by another's, and the other's order is kept", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  const left: string[] = [];
  const onRequest = ({ url }: { url: string }) => left.push(url.split("/").at(-1) ?? "");
  const paced = clientOf(server.url, globalThis, { budget: 120, onRequest });
  const free = clientOf(server.url, globalThis, { onRequest });
  const ids = ["a", "b", "c", "d", "e"];
  const answers = Promise.all(ids.map((id) => paced.callPark.groups.show(id)));
  const began = performance.now();
  await free.callPark.get();
  await free.callPark.get();
  expect(performance.now() - began).toBeLessThan(400);
  await answers;
  expect(left.filter((name) => name !== "call_park")).toEqual(ids);
  expect(left.at(-1)).toBe("e");
});
