import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { clientOf, failureOf, head, reply, replyJson, servePbx, serveRaw, settings, transports } from "./raw-server.ts";

const text = JSON.stringify(settings);
const gzip = { "Content-Encoding": "gzip" };
const packed = gzipSync(text);
const mebibyte = 1024 * 1024;

const faults: [string, (socket: Socket) => void][] = [
  ["F15 says gzip, is not", (socket) => reply(socket, 200, text, gzip)],
  ["F16 gzip cut short", (socket) => reply(socket, 200, packed.subarray(0, -20), gzip)],
  ["F16 gzip cut before its first byte of text", (socket) => reply(socket, 200, packed.subarray(0, 40), gzip)],
];

describe.each(faults)("%s", (row, answer) => {
  test.each(transports)(`${row}: refused at once (%s)`, async (_, transport) => {
    await using server = await serveRaw(answer);
    const error = await failureOf(clientOf(server.url, transport).GET("/call_park"));
    expect(error).toMatchObject({ name: expect.stringMatching(/^(Unreachable|UnexpectedAnswer)Error$/) });
    expect(server.seen()).toEqual(["GET /api/call_park"]);
  });

  test.each(transports)(`${row}: an update is confirmed by reading, with one POST (%s)`, async (_, transport) => {
    await using server = await servePbx((socket, { apply }) => {
      apply();
      answer(socket);
    });
    const { error } = await clientOf(server.url, transport).callPark.update({ recall_time: 120 });
    expect([error, server.writes(), server.now().recall_time]).toEqual([undefined, 1, 120]);
  });

  test.each(transports)(`${row}: a raw POST is in doubt (%s)`, async (_, transport) => {
    await using server = await serveRaw(answer);
    const error = await failureOf(clientOf(server.url, transport).POST("/call_park", { body: { recall_time: 120 } }));
    expect(error).toMatchObject({ name: "OutcomeUnknownError" });
    expect(server.seen()).toEqual(["POST /api/call_park"]);
  });
});

test.each(transports)("F15 what is gzip and says so is read (%s)", async (_, transport) => {
  await using server = await serveRaw((socket) => reply(socket, 200, packed, gzip));
  expect((await clientOf(server.url, transport).GET("/call_park")).data).toEqual(settings);
});

test.each(transports)(
  "F16 gzip cut within its trailer: all that was sent, or refused (%s)",
  async (name, transport) => {
    await using server = await serveRaw((socket) => reply(socket, 200, packed.subarray(0, -4), gzip));
    const [result] = await Promise.allSettled([clientOf(server.url, transport).GET("/call_park")]);
    // fetch forgives it, and nothing is missing; the node transport does not.
    expect(result).toMatchObject(
      name === "global fetch" ? { value: { data: settings } } : { reason: { name: "UnreachableError" } },
    );
  },
);

test.each(transports)(
  "F16 a packed prompt that is cut is never success: by zlib's word, or by the size that the settings name (%s)",
  async (name, transport) => {
    const wav = Buffer.alloc(4000, "RIFF");
    const named = { ...settings, prompt_file_size: wav.length, prompt_file_url: "/api/blobs/abc" };
    await using server = await serveRaw((socket, { path }) =>
      path === "/api/call_park"
        ? replyJson(socket, 200, named)
        : reply(socket, 200, gzipSync(wav, { level: 0 }).subarray(0, -1000), { ...gzip, "Content-Type": "audio/wav" }),
    );
    const pbx = clientOf(server.url, transport);
    expect(await failureOf(pbx.callPark.prompt.download())).toMatchObject({
      name: name === "global fetch" ? "UnexpectedAnswerError" : "UnreachableError",
    });
    // Without a size to hold it against, global fetch gives what it has of a file, and says no word.
    const file = pbx.GET("/blobs/{digest}", { params: { path: { digest: "abc" } }, parseAs: "arrayBuffer" });
    const [result] = await Promise.allSettled([file]);
    expect(result).toMatchObject(
      name === "global fetch"
        ? { value: { data: expect.toSatisfy(({ byteLength }) => byteLength < wav.length) } }
        : { reason: { name: "UnreachableError" } },
    );
  },
);

/** Tells when the client has hung up. */
const hungUp = () => {
  let note: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    note = resolve;
  });
  return { promise, watch: (socket: Socket) => socket.once("close", () => note()) };
};

const tooLong = (url: string) => ({
  name: "UnexpectedAnswerError",
  status: 200,
  message: `Not a documented answer (it is longer than ${mebibyte} bytes): GET ${url}/api/call_park`,
});

test.each(transports)(
  "F17 gzip bomb: refused at a decoded 1 MiB, and the connection is closed (%s)",
  async (_, transport) => {
    const bomb = gzipSync(Buffer.alloc(256 * mebibyte, " "), { level: 9 });
    expect(bomb.length).toBeLessThan(mebibyte);
    const end = hungUp();
    await using server = await serveRaw((socket) => {
      end.watch(socket);
      reply(socket, 200, bomb, gzip);
    });
    const before = process.memoryUsage.rss();
    expect(await failureOf(clientOf(server.url, transport).GET("/call_park"))).toMatchObject(tooLong(server.url));
    await end.promise;
    expect(process.memoryUsage.rss() - before).toBeLessThan(128 * mebibyte);
    expect(server.seen()).toEqual(["GET /api/call_park"]);
  },
);

test.each(transports)("F17 1 MiB decoded is read, and a byte more is not (%s)", async (_, transport) => {
  const ofLength = (length: number) => `"${"a".repeat(length - 2)}"`;
  await using server = await serveRaw((socket, { turn }) =>
    reply(socket, 200, gzipSync(ofLength(turn === 1 ? mebibyte : mebibyte + 1)), gzip),
  );
  const pbx = clientOf(server.url, transport);
  expect((await pbx.GET("/call_park")).data).toHaveLength(mebibyte - 2);
  expect(await failureOf(pbx.GET("/call_park"))).toMatchObject(tooLong(server.url));
});

const endless: [string, Record<string, string | number>, (part: string) => string][] = [
  ["chunked", { "Transfer-Encoding": "chunked" }, (part) => `${part.length.toString(16)}\r\n${part}\r\n`],
  ["close-delimited", { Connection: "close" }, (part) => part],
  ["of a terabyte", { "Content-Length": 2 ** 40 }, (part) => part],
];

describe.each(endless)("F18 endless plain body, %s", (kind, headers, wrap) => {
  test.each(transports)(
    `F18 endless plain body, ${kind}: refused at 1 MiB, and the connection is closed (%s)`,
    async (_, transport) => {
      const end = hungUp();
      let sent = 0;
      await using server = await serveRaw((socket) => {
        end.watch(socket);
        const part = wrap(" ".repeat(64 * 1024));
        const more = () => {
          while (socket.writable && socket.write(part)) sent += part.length;
        };
        socket.on("drain", more);
        socket.write(head(200, { "Content-Type": "application/json", ...headers }));
        more();
      });
      expect(await failureOf(clientOf(server.url, transport).GET("/call_park"))).toMatchObject(tooLong(server.url));
      await end.promise;
      expect(server.seen()).toEqual(["GET /api/call_park"]);
      // What buffers on the way hold comes on top.
      expect(sent).toBeLessThan(16 * mebibyte);
    },
  );
});

test.each(transports)(
  "F18 an endless file is refused at 64 MiB, and the connection is closed (%s)",
  async (_, transport) => {
    const end = hungUp();
    await using server = await serveRaw((socket) => {
      end.watch(socket);
      const part = Buffer.alloc(1024 * 1024);
      const more = () => {
        while (socket.writable && socket.write(part));
      };
      socket.on("drain", more);
      socket.write(head(200, { "Content-Type": "audio/wav", Connection: "close" }));
      more();
    });
    const params = { path: { digest: "abc" } };
    const pbx = clientOf(server.url, transport);
    for (const parseAs of ["arrayBuffer", "blob"] as const) {
      expect(await failureOf(pbx.GET("/blobs/{digest}", { params, parseAs }))).toMatchObject({
        name: "UnexpectedAnswerError",
        message: `Not a documented answer (it is longer than ${64 * mebibyte} bytes): GET ${server.url}/api/blobs/abc`,
      });
      await end.promise;
    }
  },
);

test.each(transports)("F18 an endless text is refused at 1 MiB, a refusal too (%s)", async (_, transport) => {
  await using server = await serveRaw((socket, { turn }) => {
    const part = Buffer.alloc(64 * 1024, " ");
    const more = () => {
      while (socket.writable && socket.write(part));
    };
    socket.on("drain", more);
    socket.write(head(turn === 1 ? 200 : 404, { "Content-Type": "text/plain", Connection: "close" }));
    more();
  });
  const pbx = clientOf(server.url, transport);
  for (const call of [() => pbx.GET("/call_park", { parseAs: "text" }), () => pbx.GET("/call_park")])
    expect(await failureOf(call())).toMatchObject({
      name: "UnexpectedAnswerError",
      message: tooLong(server.url).message,
    });
});

test.each(transports)(
  "F18 an endless stream is its reader's to end: the PBX is not let far ahead, and cancelling closes it (%s)",
  async (_, transport) => {
    const end = hungUp();
    let sent = 0;
    await using server = await serveRaw((socket) => {
      end.watch(socket);
      const part = Buffer.alloc(64 * 1024, " ");
      const more = () => {
        while (socket.writable && socket.write(part)) sent += part.length;
      };
      socket.on("drain", more);
      socket.write(head(200, { "Content-Type": "audio/wav", Connection: "close" }));
      more();
    });
    const { data } = await clientOf(server.url, transport).GET("/blobs/{digest}", {
      params: { path: { digest: "abc" } },
      parseAs: "stream",
    });
    const reader = (data as ReadableStream<Uint8Array>).getReader();
    let read = 0;
    while (read < 4 * mebibyte) read += (await reader.read()).value?.length ?? 0;
    await reader.cancel();
    await end.promise;
    expect(sent).toBeLessThan(24 * mebibyte);
  },
);
