import type { Socket } from "node:net";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { clientOf, failureOf, head, replyJson, servePbx, serveRaw, settings, transports } from "./raw-server.ts";

// The pauses between attempts are no part of these.
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});

const text = JSON.stringify(settings);
const json = { "Content-Type": "application/json" };
const whole = { ...json, "Content-Length": text.length };
const chunked = { ...json, "Transfer-Encoding": "chunked" };
const chunk = (part: string) => `${part.length.toString(16)}\r\n${part}\r\n`;

/** Each way in which an answer can be cut, and the error where it goes on being cut. */
const cuts: [string, (socket: Socket) => void, string][] = [
  ["F08 reset before headers", (socket) => socket.resetAndDestroy(), "UnreachableError"],
  ["F08 closed before headers", (socket) => socket.end(), "UnreachableError"],
  [
    "F11 half-close in the middle of an answer",
    (socket) => socket.end(head(200, whole) + text.slice(0, 40)),
    "UnreachableError",
  ],
  [
    "F12 Content-Length longer than the body, closed",
    (socket) => socket.end(head(200, { ...json, "Content-Length": text.length + 1 }) + text),
    "UnreachableError",
  ],
  [
    "F12 Content-Length longer than the body, kept open",
    (socket) => socket.write(head(200, { ...json, "Content-Length": text.length + 1 }) + text),
    "TimedOutError",
  ],
  [
    "F13 chunked answer cut after valid JSON",
    (socket) => socket.end(head(200, chunked) + chunk(text)),
    "UnreachableError",
  ],
  [
    "F13 chunked answer reset after valid JSON",
    (socket) => socket.write(head(200, chunked) + chunk(text), () => socket.resetAndDestroy()),
    "UnreachableError",
  ],
  [
    "F14 close-delimited answer cut",
    (socket) => socket.end(head(200, { ...json, Connection: "close" }) + text.slice(0, 40)),
    "UnexpectedAnswerError",
  ],
];
const timeout = { attempt: 400, total: 10_000 };

describe.concurrent.each(cuts)("%s", (row, cut, name) => {
  test.each(transports)(`${row}: a GET is tried 3 times and never succeeds (%s)`, async (_, transport) => {
    await using server = await serveRaw(cut);
    const error = await failureOf(clientOf(server.url, transport, { timeout }).GET("/call_park"));
    expect(error).toMatchObject({
      name,
      message: expect.stringMatching(/: GET http:\/\/127\.0\.0\.1:\d+\/api\/call_park$/),
    });
    expect(server.seen()).toEqual(Array(3).fill("GET /api/call_park"));
  });

  test.each(transports)(`${row}: a GET that is answered the second time succeeds (%s)`, async (_, transport) => {
    await using server = await serveRaw((socket, { turn }) =>
      turn === 1 ? cut(socket) : replyJson(socket, 200, settings),
    );
    const { data } = await clientOf(server.url, transport, { timeout }).GET("/call_park");
    expect([data, server.seen().length]).toEqual([settings, 2]);
  });

  test.each(transports)(`${row}: a raw POST is in doubt and sent once (%s)`, async (_, transport) => {
    await using server = await serveRaw(cut);
    const pbx = clientOf(server.url, transport, { timeout });
    const error = await failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }));
    expect(error).toMatchObject({ name: "OutcomeUnknownError", cause: { name } });
    expect(server.seen()).toEqual(["POST /api/call_park"]);
  });

  test.each(transports)(`${row}: an update that was applied is confirmed, with one POST (%s)`, async (_, transport) => {
    await using server = await servePbx((socket, { apply }) => {
      apply();
      cut(socket);
    });
    const { error, response } = await clientOf(server.url, transport, { timeout }).callPark.update({
      recall_time: 120,
    });
    expect([error, response.status, server.writes(), server.now().recall_time]).toEqual([undefined, 200, 1, 120]);
  });

  test.each(transports)(`${row}: an update that was not applied is sent once more (%s)`, async (_, transport) => {
    await using server = await servePbx((socket, { apply, count }) => {
      if (count === 1) return cut(socket);
      apply();
      socket.write(head(200, { "Content-Length": 0 }));
    });
    const { error } = await clientOf(server.url, transport, { timeout }).callPark.update({ recall_time: 120 });
    expect([error, server.writes(), server.now().recall_time]).toEqual([undefined, 2, 120]);
  });
});

test.each(transports)("F14 close-delimited answer that is whole is a success (%s)", async (_, transport) => {
  await using server = await serveRaw((socket) => socket.end(head(200, { ...json, Connection: "close" }) + text));
  expect((await clientOf(server.url, transport).GET("/call_park")).data).toEqual(settings);
});

test.each(transports)(
  "F14 close-delimited prompt that is cut is never success: it is not of the size that the settings name (%s)",
  async (_, transport) => {
    const named = { ...settings, prompt_file_size: 44, prompt_file_url: "/api/blobs/abc" };
    await using server = await serveRaw((socket, { path }) =>
      path === "/api/call_park"
        ? replyJson(socket, 200, named)
        : socket.end(`${head(200, { Connection: "close" })}RIF`),
    );
    expect(await failureOf(clientOf(server.url, transport).callPark.prompt.download())).toMatchObject({
      name: "UnexpectedAnswerError",
      message: "Not a documented answer (it has 3 bytes, and prompt_file_size says 44): GET /blobs/{digest}",
    });
  },
);

const created = JSON.stringify({ id: "NzAw" });
test.each(transports)(
  "F14 close-delimited answer to a POST that has a body, cut anywhere: in doubt, never success (%s)",
  async (_, transport) => {
    let length = 0;
    await using server = await serveRaw((socket) =>
      socket.end(head(201, { ...json, Connection: "close" }) + created.slice(0, length)),
    );
    const pbx = clientOf(server.url, transport);
    const create = () => pbx.callPark.groups.create({ name: "Sales", recall_to: "USER_ONLY" });
    for (; length < created.length; length += 1)
      expect(await failureOf(create()), `${length} bytes`).toMatchObject({
        name: "OutcomeUnknownError",
        cause: { name: "UnexpectedAnswerError" },
      });
    expect((await create()).data).toEqual({ id: "NzAw" });
    expect(server.seen().length).toBe(created.length + 1);
  },
);

test.each(transports)(
  "F14 close-delimited answer to signing in, cut before its first byte: tried 3 times, never success (%s)",
  async (_, transport) => {
    await using server = await serveRaw((socket) => socket.end(head(200, { ...json, Connection: "close" })));
    const failed = failureOf(clientOf(server.url, transport).auth.signIn({ username: "ann", password: "p4ssword" }));
    expect(await failed).toMatchObject({
      name: "UnexpectedAnswerError",
      message: expect.stringContaining("it is empty"),
    });
    expect(server.seen()).toEqual(Array(3).fill("POST /api/auth/sign_in"));
  },
);

test.each(transports)(
  "F14 close-delimited file that is cut is as short as it came: the caller's digest tells (%s)",
  async (_, transport) => {
    await using server = await serveRaw((socket) => socket.end(`${head(200, { Connection: "close" })}RIF`));
    const { data } = await clientOf(server.url, transport).GET("/blobs/{digest}", {
      params: { path: { digest: "abc" } },
      parseAs: "arrayBuffer",
    });
    expect(Buffer.from(data as ArrayBuffer).toString()).toBe("RIF");
  },
);

test.each(transports)(
  "F11 half-close in the middle of a file: tried 3 times, never success (%s)",
  async (_, transport) => {
    await using server = await serveRaw((socket) => socket.end(`${head(200, { "Content-Length": 44 })}RIFF`));
    const file = clientOf(server.url, transport).GET("/blobs/{digest}", {
      params: { path: { digest: "abc" } },
      parseAs: "arrayBuffer",
    });
    expect(await failureOf(file)).toMatchObject({ name: "UnreachableError" });
    expect(server.seen().length).toBe(3);
  },
);
