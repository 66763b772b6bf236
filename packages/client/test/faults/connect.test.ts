import dns from "node:dns";
import { type AddressInfo, connect as connectTo, createServer, type LookupFunction, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { createClient } from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { expect, test, vi } from "vitest";
import { clientOf, failureOf, replyJson, serveRaw, settings, type Transport, timed, transports } from "./raw-server.ts";

/** A port that nobody listens on. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

test.each(transports)("F01 connection refused: a GET is tried 3 times, then unreachable (%s)", async (_, transport) => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const attempts: number[] = [];
  const pbx = clientOf(url, transport, { onRequest: ({ attempt }) => attempts.push(attempt) });
  const error = await failureOf(pbx.GET("/call_park"));
  expect(error).toMatchObject({
    name: "UnreachableError",
    message: `No answer from the PBX (connect ECONNREFUSED ${url.slice(7)}): GET ${url}/api/call_park`,
  });
  expect(attempts).toEqual([1, 2, 3]);
});

test.each(transports)(
  "F01 connection refused: a POST that never left is sent again, once (%s)",
  async (_, transport) => {
    const port = await freePort();
    let server: ReturnType<typeof serveRaw> | undefined;
    const pbx = clientOf(`http://127.0.0.1:${port}`, transport, {
      onResponse: () => {
        server ??= serveRaw((socket) => replyJson(socket, 200, {}), { port });
      },
    });
    const { response } = await pbx.POST("/call_park", { body: { recall_time: 120 } });
    await using up = await (server as ReturnType<typeof serveRaw>);
    expect([response.status, up.seen()]).toEqual([200, ["POST /api/call_park"]]);
  },
);

test.each(transports)(
  "F01 connection refused twice: a POST is not in doubt, it never left (%s)",
  async (_, transport) => {
    const attempts: number[] = [];
    const url = `http://127.0.0.1:${await freePort()}`;
    const pbx = clientOf(url, transport, { onRequest: ({ attempt }) => attempts.push(attempt) });
    const error = await failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }));
    expect(error).toMatchObject({ name: "UnreachableError" });
    expect(attempts).toEqual([1, 2]);
  },
);

test.each([
  ["read", "EHOSTUNREACH", "OutcomeUnknownError", 1],
  ["write", "ENETUNREACH", "OutcomeUnknownError", 1],
  ["connect", "EHOSTUNREACH", "UnreachableError", 2],
])("F08 the network goes while a POST is under way: in doubt after a %s, %s", async (syscall, code, name, times) => {
  let asked = 0;
  const fetch: Transport["fetch"] = () => {
    asked += 1;
    const cause = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
    return Promise.reject(new TypeError("fetch failed", { cause }));
  };
  const pbx = clientOf("http://pbx.example.com", { fetch });
  expect(await failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }))).toMatchObject({ name });
  expect(asked).toBe(times);
});

test.each(transports)("F02 no such name: no second attempt, and the host is named (%s)", async (_, transport) => {
  const attempts: string[] = [];
  const pbx = clientOf("http://nonexistent.invalid", transport, {
    onRequest: ({ operation }) => attempts.push(operation),
  });
  const body = { recall_time: 120 };
  for (const call of [() => pbx.GET("/call_park"), () => pbx.POST("/call_park", { body })])
    expect(await failureOf(call())).toMatchObject({
      name: "UnreachableError",
      message: expect.stringMatching(
        /^No answer from the PBX \(getaddrinfo ENOTFOUND nonexistent\.invalid\): \w+ http:\/\/nonexistent\.invalid\/api\/call_park$/,
      ),
    });
  expect(attempts).toEqual(["GET /call_park", "POST /call_park"]);
});

/** Has names resolved as the test says, in what asks node:dns: both transports do. */
const resolve = (answer: (asked: number) => string[] | Error): { asked: () => number } => {
  let asked = 0;
  const lookup: LookupFunction = (_, { all }, done) => {
    asked += 1;
    const found = answer(asked);
    process.nextTick(() => {
      if (found instanceof Error) return done(found, "", 0);
      const addresses = found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
      const [first = { address: "", family: 0 }] = addresses;
      if (all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
  vi.spyOn(dns, "lookup").mockImplementation(lookup as typeof dns.lookup);
  return { asked: () => asked };
};

const tryAgain = Object.assign(new Error("getaddrinfo EAI_AGAIN pbx.test"), {
  code: "EAI_AGAIN",
  errno: -3001,
  syscall: "getaddrinfo",
  hostname: "pbx.test",
});

test.each(transports)("F03 the resolver says try again: so it is tried, a POST too (%s)", async (_, transport) => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings, { Connection: "close" }));
  const dnsOf = resolve((asked) => (asked % 2 === 1 ? tryAgain : ["127.0.0.1"]));
  const pbx = clientOf(`http://pbx.test:${server.port}`, transport);
  expect((await pbx.GET("/call_park")).data).toEqual(settings);
  expect((await pbx.POST("/call_park", { body: { recall_time: 120 } })).response.status).toBe(200);
  expect(dnsOf.asked()).toBe(4);
  expect(server.seen()).toEqual(["GET /api/call_park", "POST /api/call_park"]);
});

test.each(transports)(
  "F03 the resolver goes on saying try again: unreachable after 3 attempts (%s)",
  async (_, transport) => {
    const dnsOf = resolve(() => tryAgain);
    const error = await failureOf(clientOf("http://pbx.test", transport).GET("/call_park"));
    expect(error).toMatchObject({
      name: "UnreachableError",
      message: "No answer from the PBX (getaddrinfo EAI_AGAIN pbx.test): GET http://pbx.test/api/call_park",
    });
    expect(dnsOf.asked()).toBe(3);
  },
);

const ipv6 = await serveRaw((socket) => replyJson(socket, 200, settings), { host: "::1" }).catch(() => undefined);
if (ipv6 === undefined) console.log("F04 is skipped in part: this machine has no ::1");

test.skipIf(ipv6 === undefined).each(transports)(
  "F04 an IPv6 literal keeps its brackets (%s)",
  async (_, transport) => {
    const { url, port, requests } = ipv6 as NonNullable<typeof ipv6>;
    expect(url).toBe(`http://[::1]:${port}`);
    const pbx = clientOf(`${url}/`, transport);
    expect(pbx.baseUrl).toBe(`http://[::1]:${port}/api`);
    expect((await pbx.GET("/call_park")).data).toEqual(settings);
    expect(requests.at(-1)?.headers["host"]).toBe(`[::1]:${port}`);
  },
);

test.each(transports)("F04 a dead IPv6 address beside a live IPv4 one: IPv4 is used (%s)", async (_, transport) => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  resolve(() => ["::1", "127.0.0.1"]);
  const attempts: number[] = [];
  const pbx = clientOf(`http://pbx.test:${server.port}`, transport, {
    onRequest: ({ attempt }) => attempts.push(attempt),
  });
  expect((await pbx.GET("/call_park")).data).toEqual(settings);
  expect(attempts).toEqual([1]);
});

/** A port whose queue of connections is full and is never emptied: the next one hangs. */
const serveHanging = async (): Promise<AsyncDisposable & { url: string }> => {
  const code = `
    const { parentPort } = require("node:worker_threads");
    const server = require("node:net").createServer();
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      // Whoever connects is not accepted any more.
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
    });`;
  const worker = new Worker(code, { eval: true });
  const port = await new Promise<number>((done) => {
    worker.once("message", done);
  });
  const sockets: Socket[] = [];
  for (let connected = true; connected; ) {
    connected = await new Promise((done) => {
      const socket = connectTo(port, "127.0.0.1", () => done(true)).on("error", () => undefined);
      sockets.push(socket);
      setTimeout(done, 300, false);
    });
  }
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await worker.terminate();
    },
  };
};

test.each(transports)("F05 connecting hangs: a GET is tried 3 times in its time (%s)", async (_, transport) => {
  await using server = await serveHanging();
  const attempts: number[] = [];
  const pbx = clientOf(server.url, transport, {
    timeout: { attempt: 150, total: 5000 },
    onRequest: ({ attempt }) => attempts.push(attempt),
  });
  expect(await failureOf(pbx.GET("/call_park"))).toMatchObject({
    name: "TimedOutError",
    message: `No answer from the PBX within 0.15 s: GET ${server.url}/api/call_park`,
  });
  expect(attempts).toEqual([1, 2, 3]);
});

test("F05 connecting hangs: the node transport gives up after 5 s, and knows that a POST never left", async () => {
  await using server = await serveHanging();
  await using transport = createNodeTransport();
  const attempts: string[] = [];
  const pbx = clientOf(server.url, transport, {
    retry: 1,
    timeout: {},
    onRequest: ({ operation, attempt }) => attempts.push(`${operation} ${attempt}`),
  });
  const [[read, readTime], [written, writeTime]] = await Promise.all([
    timed(failureOf(pbx.GET("/call_park"))),
    timed(failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }))),
  ]);
  expect([read, written]).toMatchObject([
    { name: "UnreachableError", message: expect.stringContaining("Connect Timeout Error") },
    { name: "UnreachableError", message: expect.stringContaining("timeout: 5000ms") },
  ]);
  expect(attempts).toEqual(["GET /call_park 1", "POST /call_park 1", "POST /call_park 2"]);
  // undici counts in half seconds.
  expect(readTime).toBeGreaterThan(4900);
  expect(readTime).toBeLessThan(7000);
  expect(writeTime).toBeGreaterThan(9800);
});

test("F02 no such name, for the smallest client, which knows no codes: tried 3 times, and the host is named", async () => {
  let asked = 0;
  const fetch: Transport["fetch"] = (url, init) => {
    asked += 1;
    return globalThis.fetch(url, init);
  };
  const pbx = createClient({ baseUrl: "http://nonexistent.invalid", write: true, transport: { fetch } });
  expect(await failureOf(pbx.GET("/call_park"))).toMatchObject({
    name: "UnreachableError",
    message: "No answer from the PBX (fetch failed): GET http://nonexistent.invalid/api/call_park",
    cause: { cause: { code: "ENOTFOUND" } },
  });
  expect(asked).toBe(3);
  // It cannot know that nothing was sent, so it does not say so.
  expect(await failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }))).toMatchObject({
    name: "OutcomeUnknownError",
    cause: { name: "UnreachableError" },
  });
  expect(asked).toBe(4);
});

test("F01, F05 for the smallest client: a GET is tried 3 times in its time, a POST is in doubt and sent once", async () => {
  await using hanging = await serveHanging();
  for (const [url, name] of [
    [hanging.url, "TimedOutError"],
    [`http://127.0.0.1:${await freePort()}`, "UnreachableError"],
  ] as const) {
    let asked = 0;
    const fetch: Transport["fetch"] = (to, init) => {
      asked += 1;
      return globalThis.fetch(to, init);
    };
    const pbx = createClient({ baseUrl: url, write: true, timeout: { attempt: 150 }, transport: { fetch } });
    expect(await failureOf(pbx.GET("/call_park"))).toMatchObject({ name });
    expect(asked).toBe(3);
    expect(await failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }))).toMatchObject({
      name: "OutcomeUnknownError",
      cause: { name },
    });
    expect(asked).toBe(4);
  }
});
