import { once } from "node:events";
import { type OutgoingHttpHeaders, request } from "node:http";
import { json } from "node:stream/consumers";
import { expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../src/index.ts";
import { start, tokenOf } from "./support.ts";

/** Asks with headers that `fetch` does not let anybody choose. */
const ask = async (pbx: Sandbox, headers: OutgoingHttpHeaders, method = "GET") => {
  const asked = request(`${pbx.apiUrl}/info`, { method, headers, agent: false }).end();
  const [answer] = await once(asked, "response");
  const body = answer.statusCode === 204 ? undefined : await json(answer);
  return { status: answer.statusCode, headers: answer.headers, body };
};

test.each([
  "127.0.0.1:PORT",
  "localhost:PORT",
  "LOCALHOST",
  "pbx.localhost:PORT",
  "192.0.2.7:8887",
  "[::1]:PORT",
  "[2001:db8::1]",
])("it may be asked as %s", async (host) => {
  const pbx = await start();
  expect((await ask(pbx, { Host: host.replace("PORT", String(pbx.port)) })).status).toBe(200);
});

test.each([
  "evil.example:PORT",
  "127.0.0.1.evil.example:PORT",
  "localhost.evil.example",
  "notlocalhost:PORT",
  "[evil.example]",
])("it may not be asked as %j, which a web page can lead to this machine", async (host) => {
  const pbx = await start();
  const { status, body } = await ask(pbx, { Host: host.replace("PORT", String(pbx.port)) });
  expect([status, body]).toEqual([
    421,
    { errors: [{ code: "UNKNOWN", message: "The Host is not one of this PBX: ask it by its address" }] },
  ]);
});

test("it may be asked by the names that it is given", async () => {
  const pbx = await start({ allowHosts: ["PBX.example"] });
  expect((await ask(pbx, { Host: `pbx.example:${pbx.port}` })).status).toBe(200);
  expect((await ask(pbx, { Host: `www.pbx.example:${pbx.port}` })).status).toBe(421);
});

test("web pages of other origins may not ask, and get no leave to read", async () => {
  const pbx = await start();
  for (const Origin of ["http://evil.example", "null", `https://127.0.0.1:${pbx.port}`, "http://127.0.0.1:1"]) {
    const { status, headers } = await ask(pbx, { Origin });
    expect([status, headers["access-control-allow-origin"]]).toEqual([403, undefined]);
  }
  expect((await ask(pbx, { Origin: pbx.url })).status).toBe(200);
});

test("web pages of a named origin may ask and read, refusals too", async () => {
  const pbx = await start({ cors: ["http://localhost:3000/"] });
  const Origin = "http://localhost:3000";
  const leave = (await ask(pbx, { Origin, "Access-Control-Request-Method": "POST" }, "OPTIONS")).headers;
  expect([leave["access-control-allow-origin"], leave["access-control-allow-headers"], leave.vary]).toEqual([
    Origin,
    "Authorization, Content-Type, PortSIP-Upload-Token",
    "Origin",
  ]);
  const read = await ask(pbx, { Origin });
  expect([read.status, read.headers["access-control-allow-origin"]]).toEqual([200, Origin]);
  const refused = await ask(pbx, { Origin }, "DELETE");
  expect([refused.status, refused.headers["access-control-allow-origin"]]).toEqual([405, Origin]);
  const evil = await ask(pbx, { Origin: "http://evil.example", "Access-Control-Request-Method": "POST" }, "OPTIONS");
  expect([evil.status, evil.headers["access-control-allow-origin"], evil.headers.vary]).toEqual([
    403,
    undefined,
    "Origin",
  ]);
});

test("without an origin named, no answer speaks of origins", async () => {
  const pbx = await start();
  const answer = await fetch(`${pbx.apiUrl}/call_park`, { headers: { Authorization: `Bearer ${await tokenOf(pbx)}` } });
  expect([...answer.headers.keys()].filter((name) => /^(access-control|vary)/.test(name))).toEqual([]);
});

test.each(["*", "localhost:3000", "http://localhost:3000/page", "null"])("%s is no origin", async (origin) => {
  await expect(startSandbox({ cors: [origin] })).rejects.toThrow(
    new RangeError(`cors has ${origin}: choose origins such as http://localhost:3000`),
  );
});
