/**
 * The package as built, in whatever runs this file: `node smoke.mjs`, `deno run -A smoke.mjs`, `bun smoke.mjs`. Plain
 * JavaScript with no test runner, because each of them has its own.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:tls";

const built = (/** @type {string} */ file) => import(new URL(`../../dist/${file}`, import.meta.url).href);
const { createCallParkClient, createClient, unwrap } = await built("index.js");
const { createNodeTransport } = await built("node/index.js");

const callPark = { enabled: true, recall_time: 300 };
/** @type {string[]} */
const requests = [];
const server = createServer(async (request, response) => {
  for await (const _ of request);
  const { method, url = "", headers } = request;
  requests.push(`${method} ${url} ${headers.authorization}`);
  const json = (status, body, more = {}) =>
    response.writeHead(status, { "Content-Type": "application/json", ...more }).end(JSON.stringify(body));
  const part = url.split("/")[1];
  if (part === "silent") return undefined;
  if (part === "moved") return response.writeHead(307, { Location: "/elsewhere" }).end();
  if (part === "refusing") return json(401, { errors: [{ code: "UNAUTHORIZED", message: "No" }] });
  if (part === "limited" && requests.filter((line) => line.includes("/limited/")).length === 1)
    return json(429, {}, { "Retry-After": "0" });
  return method === "POST" ? response.end() : json(200, callPark);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const at = (part) => `http://127.0.0.1:${server.address().port}/${part}`;

/** @type {Record<string, (options?: object) => Promise<void>>} */
const promises = {
  "reads, with the token": async (options) => {
    const pbx = createCallParkClient({ baseUrl: at("fine"), token: "t0ken", ...options });
    assert.deepEqual(await unwrap(pbx.callPark.get()), callPark);
    assert.equal(requests.at(-1), "GET /fine/api/call_park Bearer t0ken");
  },
  "the smallest client reads": async (options) => {
    const pbx = createClient({ baseUrl: at("fine"), token: "t0ken", ...options });
    assert.deepEqual(await unwrap(pbx.GET("/call_park")), callPark);
  },
  "changes nothing unless it is told to, and then does": async (options) => {
    const readOnly = createCallParkClient({ baseUrl: at("fine"), token: "t", ...options });
    await assert.rejects(readOnly.callPark.update({ recall_time: 120 }), { name: "ReadOnlyError" });
    const pbx = createCallParkClient({ baseUrl: at("fine"), token: "t", write: true, ...options });
    assert.equal((await pbx.callPark.update({ recall_time: 120 })).response.status, 200);
    assert.equal(requests.at(-1), "POST /fine/api/call_park Bearer t");
  },
  "tries again when it is asked for patience": async (options) => {
    const pbx = createCallParkClient({ baseUrl: at("limited"), token: "t", ...options });
    assert.deepEqual(await unwrap(pbx.callPark.get()), callPark);
  },
  "a refusal is typed": async (options) => {
    const pbx = createCallParkClient({ baseUrl: at("refusing"), token: "t", ...options });
    await assert.rejects(unwrap(pbx.callPark.get()), { name: "NotSignedInError", status: 401 });
  },
  "a PBX that does not answer is given up in time": async (options) => {
    const pbx = createCallParkClient({ baseUrl: at("silent"), retry: 1, timeout: { attempt: 100 }, ...options });
    await assert.rejects(pbx.callPark.get(), { name: "TimedOutError" });
  },
  "a signal ends the call": async (options) => {
    const pbx = createCallParkClient({ baseUrl: at("silent"), ...options });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 100);
    await assert.rejects(pbx.callPark.get({ signal: controller.signal }), { message: "enough" });
  },
  "a redirect is not followed": async (options) => {
    const pbx = createCallParkClient({ baseUrl: at("moved"), ...options });
    await assert.rejects(pbx.callPark.get(), { name: "UnexpectedAnswerError" });
    assert.equal(requests.filter((line) => line.includes("elsewhere")).length, 0);
  },
  "no connection is typed": async (options) => {
    const pbx = createCallParkClient({ baseUrl: "http://127.0.0.1:1", retry: 1, ...options });
    await assert.rejects(pbx.callPark.get(), { name: "UnreachableError" });
  },
};

// As text: not everything that runs this file reads TypeScript.
const pem = readFileSync(new URL("../certificate.ts", import.meta.url), "utf8");
const [key, certificate, otherCertificate] = pem.match(/-----BEGIN[^`]*/g) ?? [];
const fingerprint = /([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(pem)?.[0];
let decrypted = "";
const tlsServer = createTlsServer({ key, cert: certificate }, (socket) => {
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    decrypted += chunk;
    const body = JSON.stringify(callPark);
    socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
});
tlsServer.on("tlsClientError", () => undefined);
tlsServer.listen(0, "127.0.0.1");
await once(tlsServer, "listening");

/** @param {object} options of the transport */
const readTrusting = async (options, host = "127.0.0.1") => {
  const own = createNodeTransport(options);
  const baseUrl = `https://${host}:${tlsServer.address().port}`;
  try {
    return await unwrap(createCallParkClient({ baseUrl, token: "t0ken", transport: own }).callPark.get());
  } finally {
    await own.close();
  }
};
const wrong = (fingerprint ?? "").replace("EF", "00");
const untrusted = { name: "UntrustedCertificateError", fingerprint };

/** @type {Record<string, () => Promise<void>>} */
const trust = {
  "a pinned certificate is trusted": async () => {
    assert.deepEqual(await readTrusting({ pin: [wrong, fingerprint] }), callPark);
  },
  "a named authority is trusted": async () => {
    assert.deepEqual(await readTrusting({ ca: certificate }), callPark);
  },
  "nothing is sent to whom nobody trusts": async () => {
    decrypted = "";
    await assert.rejects(readTrusting({}), untrusted);
    await assert.rejects(readTrusting({ pin: [wrong] }), untrusted);
    await assert.rejects(readTrusting({ ca: otherCertificate }), untrusted);
    // The certificate is for 127.0.0.1.
    await assert.rejects(readTrusting({ ca: certificate }, "localhost"), untrusted);
    assert.equal(decrypted, "");
  },
};

const transport = createNodeTransport();
/** @type {[string, Record<string, (options?: object) => Promise<void>>, object][]} */
const places = [
  ["global fetch", promises, {}],
  ["/node", promises, { transport }],
  ["/node", trust, {}],
];

let failures = 0;
for (const [place, kept, options] of places)
  for (const [promise, keep] of Object.entries(kept)) {
    requests.length = 0;
    try {
      await keep(options);
      console.log(`ok ${place}: ${promise}`);
    } catch (error) {
      failures += 1;
      console.log(`not ok ${place}: ${promise}: ${error}`);
    }
  }
await transport.close();
server.closeAllConnections();
server.close();
tlsServer.close();
console.log(failures === 0 ? "all kept" : `${failures} not kept`);
process.exitCode = failures === 0 ? 0 : 1;
