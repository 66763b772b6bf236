import type { Socket } from "node:net";
import { createCallParkClient } from "@callpark/client";
import { afterEach, expect, test, vi } from "vitest";
import { clientOf, failureOf, head, servePbx, serveRaw, settings, timed, transports } from "./raw-server.ts";

const impatient = { attempt: 150, total: 5000 };

test.each(transports)("F06 headers never arrive: a GET is tried 3 times (%s)", async (_, transport) => {
  await using server = await serveRaw(() => undefined);
  const error = await failureOf(clientOf(server.url, transport, { timeout: impatient }).GET("/call_park"));
  expect(error).toMatchObject({
    name: "TimedOutError",
    message: `No answer from the PBX within 0.15 s: GET ${server.url}/api/call_park`,
  });
  expect(server.seen()).toEqual(Array(3).fill("GET /api/call_park"));
});

test.each(transports)("F06 headers never arrive: a raw POST is in doubt and sent once (%s)", async (_, transport) => {
  await using server = await serveRaw(() => undefined);
  const pbx = clientOf(server.url, transport, { timeout: impatient });
  expect(await failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }))).toMatchObject({
    name: "OutcomeUnknownError",
    message: `The write was sent but its outcome is unknown, read before sending it again: POST ${server.url}/api/call_park`,
    cause: { name: "TimedOutError" },
  });
  expect(server.seen()).toEqual(["POST /api/call_park"]);
});

test.each(transports)(
  "F06 headers never arrive: an update that was applied is confirmed by reading (%s)",
  async (_, transport) => {
    await using server = await servePbx((_socket, { apply }) => apply());
    const pbx = clientOf(server.url, transport, { timeout: { attempt: 500, total: 5000 } });
    const { error, response } = await pbx.callPark.update({ recall_time: 120 });
    expect([error, response.status, server.writes(), server.now().recall_time]).toEqual([undefined, 200, 1, 120]);
  },
);

/** Answers a byte at a time for as long as anybody listens. */
const trickle = (socket: Socket) => {
  const text = JSON.stringify(settings);
  socket.write(head(200, { "Content-Type": "application/json", "Content-Length": text.length }));
  let sent = 0;
  const timer = setInterval(() => {
    if (socket.writable) socket.write(text[sent] ?? "");
    sent += 1;
  }, 20);
  socket.on("close", () => clearInterval(timer));
};

test.each(transports)("F07 the body trickles: the total deadline ends it (%s)", async (_, transport) => {
  await using server = await serveRaw(trickle);
  const pbx = clientOf(server.url, transport, { timeout: { attempt: 60_000, total: 400 } });
  const [error, time] = await timed(failureOf(pbx.GET("/call_park")));
  expect(error).toMatchObject({
    name: "TimedOutError",
    message: `No answer from the PBX within 0.4 s: GET ${server.url}/api/call_park`,
  });
  expect(server.connections()).toBe(1);
  expect(time).toBeGreaterThan(350);
  expect(time).toBeLessThan(15_000);
});

test.each(transports)(
  "F07 the body trickles: attempts end by their own limit, all of them by the total (%s)",
  async (_, transport) => {
    await using server = await serveRaw(trickle);
    vi.spyOn(Math, "random").mockReturnValue(0);
    const pbx = clientOf(server.url, transport, { retry: 50, timeout: { attempt: 150, total: 900 } });
    expect(await failureOf(pbx.GET("/call_park"))).toMatchObject({ name: "TimedOutError" });
    // On a machine with time for it, 6 and what is left of the total.
    expect(server.seen().length).toBeGreaterThanOrEqual(2);
    expect(server.seen().length).toBeLessThanOrEqual(7);
  },
);

test.each(transports)("F07 a file's body trickles: it is under the same deadline (%s)", async (_, transport) => {
  await using server = await serveRaw(trickle);
  const pbx = clientOf(server.url, transport, { retry: 1, timeout: { attempt: 300, total: 5000 } });
  const file = pbx.GET("/blobs/{digest}", { params: { path: { digest: "abc" } }, parseAs: "arrayBuffer" });
  expect(await failureOf(file)).toMatchObject({ name: "TimedOutError" });
});

test.each(transports)("F07 a signal ends a stream that is still being read (%s)", async (_, transport) => {
  await using server = await serveRaw(trickle);
  const pbx = clientOf(server.url, transport);
  const controller = new AbortController();
  const { data } = await pbx.GET("/blobs/{digest}", {
    params: { path: { digest: "abc" } },
    parseAs: "stream",
    signal: controller.signal,
  });
  const reader = (data as ReadableStream<Uint8Array>).getReader();
  expect((await reader.read()).done).toBe(false);
  controller.abort();
  const readToTheEnd = async () => {
    while (!(await reader.read()).done);
  };
  expect(await failureOf(readToTheEnd())).toMatchObject({ name: "AbortError" });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Sends nothing, and says when it was asked and when it was given up. */
const silent = () => {
  const log: string[] = [];
  const started = performance.now();
  const at = (what: string) => log.push(`${what} ${performance.now() - started}`);
  const fetch = (_: string, { signal }: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      at("asked");
      signal?.addEventListener("abort", () => {
        at("given up");
        reject(signal.reason);
      });
    });
  return { log, fetch };
};

test("F06 left to itself, an attempt has 15 s and there are 3", async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
  const transport = silent();
  const pbx = createCallParkClient({ baseUrl: "https://attempts.test", transport });
  const failed = failureOf(pbx.GET("/call_park"));
  await vi.advanceTimersByTimeAsync(59_000);
  expect(await failed).toMatchObject({
    name: "TimedOutError",
    message: "No answer from the PBX within 15 s: GET https://attempts.test/api/call_park",
  });
  // The pauses between them, of no length here, take a millisecond each.
  expect(transport.log).toEqual([
    ...["asked 0", "given up 15000"],
    ...["asked 15001", "given up 30001"],
    ...["asked 30002", "given up 45002"],
  ]);
});

test("F07 left to itself, a call has 60 s in all", async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
  const transport = silent();
  const pbx = createCallParkClient({
    baseUrl: "https://total.test",
    transport,
    retry: 9,
    timeout: { attempt: 45_000 },
  });
  const failed = failureOf(pbx.GET("/call_park"));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(await failed).toMatchObject({
    name: "TimedOutError",
    message: "No answer from the PBX within 60 s: GET https://total.test/api/call_park",
  });
  expect(transport.log).toEqual(["asked 0", "given up 45000", "asked 45001", "given up 60000"]);
});
