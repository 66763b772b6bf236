import type { Socket } from "node:net";
import { UnexpectedAnswerError, unwrap } from "@callpark/client";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { clientOf, failureOf, head, reply, replyJson, servePbx, serveRaw, settings, transports } from "./raw-server.ts";

// The pauses between attempts are no part of most of these.
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});

const page = "<html><body>Bad Gateway, incident 12345678901234567890</body></html>";
const html = { "Content-Type": "text/html" };
const errors = { errors: [{ code: "UNKNOWN", message: "Something broke" }] };

const troubles: [string, number, unknown, (socket: Socket) => void][] = [
  ["F27 502 with HTML", 502, page, (socket) => reply(socket, 502, page, html)],
  ["F28 500 with errors[]", 500, errors, (socket) => replyJson(socket, 500, errors)],
  ["F28 502 with errors[]", 502, errors, (socket) => replyJson(socket, 502, errors)],
  ["F28 503 with nothing", 503, "status 503", (socket) => reply(socket, 503, "")],
  ["F28 504 with HTML", 504, page, (socket) => reply(socket, 504, page, html)],
];

describe.concurrent.each(troubles)("%s", (row, status, shown, answer) => {
  test.each(transports)(`${row}: a GET is tried 3 times, then given back as an error (%s)`, async (_, transport) => {
    await using server = await serveRaw(answer);
    const { data, error, response } = await clientOf(server.url, transport).GET("/call_park");
    expect([data, error, response.status]).toEqual([undefined, shown, status]);
    expect(server.seen()).toEqual(Array(3).fill("GET /api/call_park"));
    const thrown = await failureOf(unwrap(Promise.resolve({ error, response })));
    expect(thrown).toBeInstanceOf(UnexpectedAnswerError);
    expect(thrown).toMatchObject({ name: "UnexpectedAnswerError", status });
  });

  test.each(transports)(`${row}: a GET that is answered the third time succeeds (%s)`, async (_, transport) => {
    await using server = await serveRaw((socket, { turn }) =>
      turn < 3 ? answer(socket) : replyJson(socket, 200, settings),
    );
    const { data } = await clientOf(server.url, transport).GET("/call_park");
    expect([data, server.seen().length]).toEqual([settings, 3]);
  });

  test.each(transports)(`${row}: a raw POST is in doubt and sent once (%s)`, async (_, transport) => {
    await using server = await serveRaw(answer);
    const error = await failureOf(clientOf(server.url, transport).POST("/call_park", { body: { recall_time: 120 } }));
    expect(error).toMatchObject({
      name: "OutcomeUnknownError",
      cause: {
        name: "UnexpectedAnswerError",
        status,
        message: `Not a documented answer (status ${status}): POST ${server.url}/api/call_park`,
      },
    });
    expect(server.seen()).toEqual(["POST /api/call_park"]);
  });

  test.each(transports)(`${row}: an update is settled by reading, applied or not (%s)`, async (_, transport) => {
    for (const isApplied of [true, false]) {
      await using server = await servePbx((socket, { apply, count }) => {
        if (isApplied || count === 2) apply();
        if (count === 1) answer(socket);
        else socket.write(head(200, { "Content-Length": 0 }));
      });
      const { error } = await clientOf(server.url, transport).callPark.update({ recall_time: 120 });
      expect([error, server.writes(), server.now().recall_time]).toEqual([undefined, isApplied ? 1 : 2, 120]);
    }
  });
});

test("F27 502 with HTML that is no UTF-8 is still tried again, and shown without U+FFFD", async () => {
  await using server = await serveRaw((socket) => reply(socket, 502, Buffer.from("<p>caf\xe9</p>", "latin1"), html));
  const { error } = await clientOf(server.url, globalThis).GET("/call_park");
  expect([error, server.seen().length]).toEqual(["<p>café</p>", 3]);
});

test("F28 the pauses between the attempts are drawn from a time that doubles", async () => {
  await using server = await serveRaw((socket) => reply(socket, 503, ""));
  const times: number[] = [];
  const pbx = clientOf(server.url, globalThis, { retry: 4, onRequest: () => times.push(performance.now()) });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  await pbx.GET("/call_park");
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  // Half of 400, 800 and 1600 ms, as the draw has it.
  for (const [index, least] of [200, 400, 800].entries()) {
    expect(pauses[index]).toBeGreaterThan(least - 2);
    expect(pauses[index]).toBeLessThan(least + 150);
  }
});

test("F28 a pause that is longer than what is left is not waited for: the answer is given back", async () => {
  await using server = await serveRaw((socket) => reply(socket, 503, ""));
  vi.spyOn(Math, "random").mockReturnValue(0.99);
  const started = performance.now();
  const { response } = await clientOf(server.url, globalThis, { timeout: { total: 300 } }).GET("/call_park");
  expect([response.status, server.seen().length]).toEqual([503, 1]);
  expect(performance.now() - started).toBeLessThan(250);
});

test.each([400, 403, 404, 409, 422, 501, 505])(
  "F28 %s is no trouble that passes: sent once, GET and POST",
  async (status) => {
    await using server = await serveRaw((socket) => replyJson(socket, status, errors));
    const pbx = clientOf(server.url, globalThis);
    expect((await pbx.GET("/call_park")).error).toEqual(errors);
    expect((await pbx.POST("/call_park", { body: { recall_time: 120 } })).error).toEqual(errors);
    expect(server.seen()).toEqual(["GET /api/call_park", "POST /api/call_park"]);
  },
);
