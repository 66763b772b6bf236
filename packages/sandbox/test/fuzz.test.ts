import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../src/index.ts";
import { lines } from "./support.ts";

/** Bounded: each of these is one request or a few. */
const runs = 1000;

let pbx: Sandbox;
let token: string;
const bugs: string[] = [];
beforeAll(async () => {
  pbx = await startSandbox({
    control: true,
    log: (line) => {
      if (line.includes("bug of the sandbox")) bugs.push(line);
    },
  });
});
beforeEach(async () => {
  token = (await pbx.signIn()).accessToken;
});
afterAll(() => pbx.close());

/** Sends bytes as they are, and answers with the status of each answer that came before the connection ended. */
const sendRaw = (bytes: Buffer): Promise<number[]> =>
  new Promise((resolve, reject) => {
    const socket = connect(pbx.port, "127.0.0.1", () => socket.end(bytes));
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    // A reset is an answer too: bytes that nobody reads may be on their way when the connection ends.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve([...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status))));
    socket.setTimeout(20_000, () => reject(new Error(`It hangs on ${JSON.stringify(bytes.toString("latin1"))}`)));
  });

const expectNoBug = (statuses: readonly number[]) => {
  expect(bugs).toEqual([]);
  expect(statuses.filter((status) => status < 200 || status >= 500)).toEqual([]);
};

const isAlive = async () => {
  const answer = await fetch(`${pbx.apiUrl}/call_park`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
};

/** Signing out would leave the rest without a token. */
const paths = Object.keys(lines["22.6"]?.document.paths ?? {})
  .filter((path) => path !== "/auth/sign_out")
  .map((path) => `/api${path}`);
const segment = fc.oneof(
  fc.constantFrom(
    "..",
    ".",
    "%2e%2e",
    "%00",
    "%",
    "%ff",
    "%2F",
    "..%5c",
    "__proto__",
    "constructor",
    "",
    "api",
    "blobs",
  ),
  fc.string({ maxLength: 20 }),
  fc.webSegment(),
);
/** Paths of the document with something else in places, and paths of nothing. */
const anyPath = fc.oneof(
  fc.tuple(fc.constantFrom(...paths), segment).map(([path, part]) => path.replaceAll(/\{\w+\}/g, part)),
  fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`),
  fc.tuple(fc.constantFrom("/_sandbox/"), segment).map((parts) => parts.join("")),
);
const anyQuery = fc.oneof(
  fc.constant(""),
  fc.webQueryParameters().map((query) => `?${query}`),
  fc
    .tuple(
      fc.constantFrom("top", "skip", "filter", "orderby", "search", "digest", "filename", "id", "domain"),
      fc.string(),
    )
    .map(([name, value]) => `?${name}=${encodeURIComponent(value)}`),
);
const names = [
  "enabled",
  "recall_to",
  "recall_time",
  "ring_group_id",
  "prompt_file_id",
  "name",
  "username",
  "password",
];
const anyJson = fc.oneof(
  fc.json(),
  fc
    .dictionary(fc.constantFrom(...names, "__proto__", "constructor", "toString"), fc.jsonValue(), { maxKeys: 5 })
    .map((value) => JSON.stringify(value)),
  fc.nat(2000).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
  fc.constantFrom(
    '{"a":1e999}',
    '{"recall_time":1e3}',
    "\ufeff{}",
    "{}{}",
    "nul",
    '{"\\ud800":"\\udfff"}',
    "9".repeat(400),
  ),
);

describe("nothing of this is a bug, hangs, or ends the PBX", () => {
  test("any path and query", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "POST", "PUT", "OPTIONS"),
        anyPath,
        anyQuery,
        async (method, path, query) => {
          const target = encodeURI(path + query).replaceAll("%25", "%");
          const url = URL.canParse(target, pbx.url) ? new URL(target, pbx.url) : new URL(pbx.url);
          if (url.origin !== pbx.url) return;
          expectNoBug([(await fetch(url, { method, headers: { Authorization: `Bearer ${token}` } })).status]);
        },
      ),
      { numRuns: runs },
    );
    await isAlive();
  });

  test("any JSON to any operation", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), segment, anyJson, async (path, part, body) => {
        const url = pbx.url + path.replaceAll(/\{\w+\}/g, encodeURIComponent(part));
        const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
        expectNoBug([(await fetch(url, { method: "POST", headers, body })).status]);
      }),
      { numRuns: runs },
    );
    await isAlive();
  });

  test("any form, multipart or bytes, of any type, to any operation", async () => {
    const type = fc.oneof(
      fc.constantFrom(
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "multipart/form-data; boundary=b",
        "application/json; charset=utf-16",
        "text/plain",
        "/",
        ";",
      ),
      fc.stringMatching(/^[\x21-\x7e]{1,30}$/),
    );
    const multipart = fc
      .tuple(fc.string(), fc.uint8Array({ maxLength: 200 }))
      .map(([name, bytes]) =>
        Buffer.concat([
          Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
          bytes,
          Buffer.from("\r\n--b"),
        ]),
      );
    const body = fc.oneof(fc.uint8Array({ maxLength: 2000 }), multipart);
    const header = fc.stringMatching(/^[\x20-\x7e]{0,40}$/);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), type, body, header, async (path, contentType, bytes, uploadToken) => {
        const headers = {
          Authorization: `Bearer ${token}`,
          "Content-Type": contentType,
          "PortSIP-Upload-Token": uploadToken,
        };
        const url = pbx.url + path.replaceAll(/\{\w+\}/g, "any");
        expectNoBug([(await fetch(url, { method: "POST", headers, body: new Uint8Array(bytes) })).status]);
      }),
      { numRuns: runs },
    );
    await isAlive();
  });

  test("any bytes where HTTP is expected", async () => {
    const line = fc.oneof(
      fc.constantFrom(
        "GET /api/info HTTP/1.1",
        "POST /api/auth/sign_in HTTP/1.1",
        "GET http://evil.example/api/info HTTP/1.1",
        "CONNECT evil.example:443 HTTP/1.1",
        "GET /api/info HTTP/1.0",
        "GET /api/info HTTP/9.9",
        "PRI * HTTP/2.0",
        "OPTIONS * HTTP/1.1",
        "Host: localhost",
        "Host: a\r\nHost: b",
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Content-Length: 1\r\nContent-Length: 2",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 3",
        "Transfer-Encoding: gzip, chunked",
        "Expect: 100-continue",
        "Expect: nothing",
        "Upgrade: websocket\r\nConnection: Upgrade",
        "Authorization: Bearer",
        "Origin: null",
        "Content-Type: application/json",
        "",
        "5\r\nhello\r\n0\r\n",
        "ffffffffffffffff\r\n",
      ),
      fc.string({ maxLength: 40 }),
    );
    const request = fc.oneof(
      fc.array(line, { maxLength: 8 }).map((all) => Buffer.from(`${all.join("\r\n")}\r\n\r\n`, "latin1")),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(request, async (bytes) => expectNoBug(await sendRaw(bytes))),
      { numRuns: runs },
    );
    await isAlive();
  });

  test("any body to the control API", async () => {
    const path = fc.constantFrom("seed", "clock", "calls", "faults/any", "variants/any/destroy", "calls/any/pick_up");
    await fc.assert(
      fc.asyncProperty(path, anyJson, async (name, body) => {
        const headers = { Authorization: `Bearer ${pbx.control?.token}` };
        const { status } = await fetch(`${pbx.control?.url}/${name}`, { method: "POST", headers, body });
        if (name === "clock" && status === 200) token = (await pbx.signIn()).accessToken;
        expectNoBug([status]);
      }),
      { numRuns: runs / 2 },
    );
    await isAlive();
  });
});

test("what was refused is not remembered", async () => {
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const flood = async (requests: number) => {
    for (let count = 0; count < requests; count += 1)
      await pbx.fetch(`/api/${"x".repeat(2000)}${count}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${count}` },
        body: JSON.stringify({ much: "x".repeat(2000) }),
      });
    collect();
    return process.memoryUsage().heapUsed;
  };
  await flood(3000);
  const before = await flood(1000);
  // What 5,000 requests of 4 kB would hold is twenty times this.
  expect((await flood(5000)) - before).toBeLessThan(1_000_000);
});
