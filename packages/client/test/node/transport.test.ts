import type { Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { ConfigurationError, createCallParkClient } from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { afterAll, expect, test } from "vitest";
import { serve } from "../server.ts";
import { answering, gate, serveRaw } from "./raw-servers.ts";

const transport = createNodeTransport({ proxy: false });
afterAll(() => transport.close());
const get = (port: number, init: RequestInit = {}) => transport.fetch(`http://127.0.0.1:${port}/x?y=z#w`, init);
const codeOf = (error: unknown): string => String((error as { code?: unknown }).code);
const failing = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const answer = (body: string | Buffer, headers: string[] = [], status = "200 OK") => {
  const bytes = Buffer.from(body as string);
  const head = [`HTTP/1.1 ${status}`, `Content-Length: ${bytes.length}`, ...headers, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head), bytes]);
};

test("an answer is as fetch would give it", async () => {
  const headers = ["Content-Type: application/json", "X-A: 1", "X-a: 2", "Set-Cookie: a", "Set-Cookie: b"];
  await using pbx = await serveRaw(answering(answer("{}", headers, "200 Fine")));
  const url = `http://127.0.0.1:${pbx.port}/x?y=z#w`;
  const [ours, theirs] = [await transport.fetch(url, {}), await fetch(url)];
  for (const name of ["status", "statusText", "ok", "redirected", "type", "bodyUsed"] as const)
    expect([name, ours[name]]).toEqual([name, theirs[name]]);
  expect(ours.url).toBe(theirs.url);
  for (const name of ["content-type", "X-A", "x-b", "Set-Cookie", "__proto__", "toString"])
    expect([name, ours.headers.get(name), ours.headers.has(name)]).toEqual([
      name,
      theirs.headers.get(name),
      theirs.headers.has(name),
    ]);
  expect([...ours.headers]).toEqual([...theirs.headers]);
  expect(ours.headers.getSetCookie()).toEqual(["a", "b"]);
  expect(() => ours.headers.set("a", "b")).toThrow(TypeError);
});

/** As users read a body, and as the core does. */
const readers: ((response: Response) => Promise<unknown>)[] = [
  (response) => response.text(),
  (response) => new Response(response.body).text(),
  (response) => (response as unknown as { upTo(limit: number): Promise<unknown> }).upTo(9999),
];

const text = '{"text":"grün"}';
test.each<[string, (response: Response) => Promise<unknown>, unknown]>([
  ["text", (response) => response.text(), text],
  ["json", (response) => response.json(), JSON.parse(text)],
  ["arrayBuffer", (response) => response.arrayBuffer().then((bytes) => Buffer.from(bytes).toString()), text],
  ["bytes", (response) => response.bytes().then((bytes) => Buffer.from(bytes).toString()), text],
  [
    "blob",
    (response) => response.blob().then(async (blob) => `${blob.type} ${await blob.text()}`),
    `application/json ${text}`,
  ],
  ["body", (response) => new Response(response.body).text(), text],
  ["clone", async (response) => [await response.clone().text(), await response.text()], [text, text]],
])("the body may be read as %s, plain or packed, once", async (_, read, wanted) => {
  for (const [encoding, packed] of [
    ["identity", Buffer.from(text)],
    ["gzip", gzipSync(text)],
  ] as const) {
    const whole = answer(packed, ["Content-Type: application/json", `Content-Encoding: ${encoding}`]);
    await using pbx = await serveRaw(answering(whole));
    const response = await get(pbx.port);
    expect(response.bodyUsed).toBe(false);
    expect(await read(response)).toEqual(wanted);
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(TypeError);
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError);
    await using again = await serveRaw(answering(answer(text, ["Content-Type: application/json"])));
    expect(await read(await get(again.port))).toEqual(wanted);
  }
});

const long = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => index));
test.each([
  ["gzip", gzipSync(long)],
  ["x-gzip", gzipSync(long)],
  ["deflate", deflateSync(long)],
  ["deflate", deflateRawSync(long)],
  ["br", brotliCompressSync(long)],
  ["deflate, GZIP", gzipSync(deflateSync(long))],
])("%s is undone, and was asked for", async (encoding, packed) => {
  await using pbx = await serve((_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(packed));
  expect(await (await transport.fetch(pbx.url, {})).text()).toBe(long);
  expect(pbx.requests[0]?.headers["accept-encoding"]).toBe("gzip, deflate, br");
});

test("an encoding that nobody asked for is left in place", async () => {
  await using pbx = await serveRaw(answering(answer(text, ["Content-Encoding: zstd"])));
  expect(await (await get(pbx.port)).text()).toBe(text);
});

test.each([
  ["is no gzip", Buffer.from("plain text"), "Z_DATA_ERROR"],
  ["is gzip cut short", gzipSync(long).subarray(0, 500), "Z_BUF_ERROR"],
])("what says that it is gzip and %s ends with zlib's code, however it is read", async (_, packed, code) => {
  await using pbx = await serveRaw(answering(answer(packed, ["Content-Encoding: gzip"])));
  for (const read of readers) expect(codeOf(await failing(get(pbx.port).then(read)))).toBe(code);
  const client = createCallParkClient({ baseUrl: `http://127.0.0.1:${pbx.port}`, transport });
  const error = await failing(client.GET("/ring_groups"));
  expect(codeOf((error as Error).cause)).toBe(code);
});

test.each([
  ["plain", (body: Buffer) => body, []],
  ["packed", gzipSync, ["Content-Encoding: gzip"]],
])("a %s answer without end is cut off at the cap, and its connection ended", async (_, pack, headers) => {
  const closed = gate();
  await using pbx = await serveRaw((socket: Socket) => {
    socket.once("data", () => {
      socket.write(["HTTP/1.1 200 OK", "Content-Type: application/json", ...headers, "", ""].join("\r\n"));
      socket.write(pack(Buffer.alloc(8 * 1024 * 1024, " ")));
      socket.on("close", () => closed.open());
    });
  });
  const client = createCallParkClient({ baseUrl: `http://127.0.0.1:${pbx.port}`, transport });
  await expect(client.GET("/ring_groups")).rejects.toThrow("it is longer than 1048576 bytes");
  await closed.passed;
});

test.each(["before anything", "before the head", "before the body"])("a signal ends a request %s", async (when) => {
  const arrived = gate();
  const closed = gate();
  await using pbx = await serveRaw((socket) => {
    socket.on("close", () => closed.open());
    socket.once("data", () => {
      if (when === "before the body") socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123");
      arrived.open();
    });
  });
  const controller = new AbortController();
  const reason = new Error("enough");
  if (when === "before anything") controller.abort(reason);
  const request = get(pbx.port, { signal: controller.signal });
  const reading = when === "before the body" ? (await request).text() : request;
  const refused = expect(reading).rejects.toBe(reason);
  if (when !== "before anything") await arrived.passed;
  controller.abort(reason);
  await refused;
  if (when !== "before anything") await closed.passed;
});

test("a body's web stream is read as it is asked for, and ends its connection when it is cancelled", async () => {
  const closed = gate();
  await using pbx = await serveRaw((socket) => {
    socket.on("close", () => closed.open());
    socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"));
  });
  const reader = (await get(pbx.port)).body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("abc");
  await reader?.cancel();
  await closed.passed;
});

test.each([
  ["nobody listens", undefined, "ECONNREFUSED"],
  ["the connection is cut before the head", "", "UND_ERR_SOCKET"],
  ["it is cut in the body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "UND_ERR_SOCKET"],
  ["it is cut in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", "UND_ERR_SOCKET"],
  ["its head is none", "HTTP/1.1 200 OK\r\nA b: s3cret\r\n\r\n", "HPE_INVALID"],
  ["its chunk is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ns3cret\r\n", "HPE_INVALID"],
])("where %s, the error says so by its code", async (_, bytes, code) => {
  await using pbx = await serveRaw(answering(bytes ?? ""));
  if (bytes === undefined) await pbx[Symbol.asyncDispose]();
  for (const read of readers) {
    const error = await failing(get(pbx.port).then(read));
    expect(codeOf(error)).toBe(code);
    expect(JSON.stringify(error)).not.toContain("s3cret");
  }
});

test("a request's headers may be given in any way, and its body as text or bytes", async () => {
  await using pbx = await serve((_, response) => response.end());
  for (const headers of [{ "X-One": "1" }, [["X-One", "1"]] as [string, string][], new Headers({ "X-One": "1" })])
    await (await transport.fetch(pbx.url, { headers })).text();
  expect(pbx.requests.map((request) => request.headers["x-one"])).toEqual(["1", "1", "1"]);
  for (const body of ["grün", new TextEncoder().encode("grün"), new TextEncoder().encode("grün").buffer])
    await (await transport.fetch(pbx.url, { method: "POST", body })).text();
  expect(pbx.requests.slice(3).map(({ body }) => body)).toEqual(["grün", "grün", "grün"]);
  await expect(transport.fetch(pbx.url, { method: "POST", body: new Blob(["a"]) })).rejects.toThrow(ConfigurationError);
});

/** A connection is free for the next request some turns after its answer. */
const turns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};

test("answers without a body leave their connection free", async () => {
  await using pbx = await serve((_, response) => response.writeHead(204, { "X-A": "b" }).end());
  for (let call = 0; call < 3; call += 1) {
    const response = await transport.fetch(pbx.url, {});
    expect([response.body, response.headers.get("x-a"), await response.text()]).toEqual([null, "b", ""]);
    await turns();
  }
  expect(pbx.connections()).toBe(1);
  const { body, status, headers } = await transport.fetch(pbx.url, { method: "HEAD" });
  expect([body, status, headers.get("X-A")]).toEqual([null, 204, "b"]);
});

test("32 calls at once use as many connections, and the next 32 use them again", async () => {
  await using pbx = await serve((_, response) => response.end("{}"));
  for (let turn = 0; turn < 2; turn += 1) {
    await Promise.all(Array.from({ length: 32 }, async () => (await transport.fetch(pbx.url, {})).json()));
    await turns();
  }
  expect(pbx.connections()).toBe(32);
});

test("a connection that hangs is given up after 5 s", async () => {
  await using pbx = await serveRaw(() => undefined);
  const started = performance.now();
  const error = await failing(transport.fetch(`https://127.0.0.1:${pbx.port}/`, {}));
  expect(codeOf(error)).toBe("UND_ERR_CONNECT_TIMEOUT");
  expect(performance.now() - started).toBeLessThan(8000);
});
