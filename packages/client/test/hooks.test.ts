import type { RequestEvent, ResponseEvent } from "@callpark/client";
import { expect, test } from "vitest";
import { clientOf, failureOf, reply, replyJson, serveRaw, settings } from "./faults/raw-server.ts";

const body = { recall_time: 120 };
const bug = new Error("a bug in the log");
const throwing = () => {
  throw bug;
};

test("an error of onRequest ends the call as it is, and nothing is sent", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  const pbx = clientOf(server.url, globalThis, { onRequest: throwing });
  expect([await failureOf(pbx.GET("/call_park")), await failureOf(pbx.POST("/call_park", { body }))]).toEqual([
    bug,
    bug,
  ]);
  expect(server.seen()).toEqual([]);
});

test("an error of onResponse ends the call as it is: no failed attempt, no doubt, and nothing is sent again", async () => {
  await using server = await serveRaw((socket, { turn }) =>
    turn === 3 ? socket.resetAndDestroy() : replyJson(socket, turn === 4 ? 503 : 200, settings),
  );
  const pbx = clientOf(server.url, globalThis, { onResponse: throwing });
  for (const call of [
    () => pbx.GET("/call_park"),
    () => pbx.POST("/call_park", { body }),
    () => pbx.GET("/call_park"),
    () => pbx.GET("/call_park"),
  ])
    expect(await failureOf(call())).toBe(bug);
  expect(server.seen().length).toBe(4);
});

test("a hook that throws keeps no place in the host's queue", async () => {
  // After a 429 the host gets one request at a time.
  await using server = await serveRaw((socket, { turn }) =>
    turn === 1 ? reply(socket, 429, "", { "Retry-After": "0" }) : replyJson(socket, 200, settings),
  );
  await clientOf(server.url, globalThis, { retry: 1 }).GET("/call_park");
  for (const hooks of [{ onRequest: throwing }, { onResponse: throwing }])
    expect(await failureOf(clientOf(server.url, globalThis, hooks).GET("/call_park"))).toBe(bug);
  expect((await clientOf(server.url, globalThis).GET("/call_park")).data).toEqual(settings);
});

test("hooks are told of each attempt and of how it ended, in the words that callers see", async () => {
  const errors = { errors: [{ code: "UNKNOWN", message: "no" }] };
  await using server = await serveRaw((socket, { turn }) => {
    if (turn === 1) reply(socket, 503, "");
    if (turn === 3) replyJson(socket, 404, errors);
  });
  const events: (RequestEvent | ResponseEvent)[] = [];
  const pbx = clientOf(server.url, globalThis, {
    timeout: { attempt: 200 },
    onRequest: (event) => events.push(event),
    onResponse: (event) => events.push(event),
  });
  await pbx.GET("/ring_groups", { params: { query: { search: "s3cret" } } });
  const event = { operation: "GET /ring_groups", url: `${server.url}/api/ring_groups` };
  const ended = { ...event, duration: expect.any(Number) };
  expect(events).toEqual([
    { ...event, attempt: 1 },
    { ...ended, attempt: 1, status: 503 },
    { ...event, attempt: 2 },
    { ...ended, attempt: 2, error: expect.objectContaining({ name: "TimedOutError" }) },
    { ...event, attempt: 3 },
    { ...ended, attempt: 3, status: 404 },
  ]);
});
