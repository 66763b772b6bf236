import { connect, type Socket } from "node:net";
import { ConfigurationError, createCallParkClient, UnreachableError } from "@callpark/client";
import { createNodeTransport, type NodeTransportOptions } from "@callpark/client/node";
import { beforeEach, expect, test, vi } from "vitest";
import { certificate, key } from "../certificate.ts";
import { json, serve } from "../server.ts";
import { authority, named, second } from "./certificates.ts";
import { page, type Raw, serveRaw, serveTls } from "./raw-servers.ts";

const host = "pbx.callpark.test";
const password = "s3cret%20w0rd";

beforeEach(() => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"])
    vi.stubEnv(name, undefined);
});

interface Proxy extends Raw {
  /** The heads of the requests that came in. */
  heads: string[];
}

/** A proxy that connects to one place, whatever it is asked for, or answers with a status. */
const serveProxy = async (to: number, status = 200): Promise<Proxy> => {
  const heads: string[] = [];
  const raw = await serveRaw((socket: Socket) => {
    socket.once("data", (head) => {
      heads.push(head.toString("latin1"));
      if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      const through = connect(to, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        socket.pipe(through).pipe(socket);
      });
      return through.on("error", () => socket.destroy());
    });
  });
  return Object.assign(raw, { heads });
};

const get = async (url: string, options: NodeTransportOptions) => {
  await using transport = createNodeTransport(options);
  const client = createCallParkClient({ baseUrl: url, token: "t0ken", transport, retry: 1 });
  return await client.GET("/ring_groups").then(
    ({ data }) => JSON.stringify(data),
    (error: unknown) => error,
  );
};

test("F50: HTTPS_PROXY is honoured, with its credentials, and the certificate behind it is checked", async () => {
  await using pbx = await serveTls(named);
  await using proxy = await serveProxy(pbx.port);
  vi.stubEnv("HTTPS_PROXY", `http://pr0xy:${password}@127.0.0.1:${proxy.port}`);
  expect(await get(`https://${host}:8887`, { ca: authority })).toBe(page);
  expect(proxy.heads[0]?.split("\r\n").filter((line) => /^(CONNECT|Host|Proxy-Auth)/.test(line))).toEqual([
    `CONNECT ${host}:8887 HTTP/1.1`,
    `Host: ${host}:8887`,
    `Proxy-Authorization: Basic ${btoa("pr0xy:s3cret w0rd")}`,
  ]);
  expect(proxy.heads.join()).not.toContain("t0ken");
  expect(pbx.received()).not.toMatch(/proxy-auth/i);
});

test("F50: HTTP_PROXY is honoured for http, through a tunnel as well, and its connection is reused", async () => {
  await using pbx = await serve((_, response) => json(response, 200, JSON.parse(page)));
  await using proxy = await serveProxy(pbx.port);
  vi.stubEnv("http_proxy", `127.0.0.1:${proxy.port}`);
  await using transport = createNodeTransport();
  const client = createCallParkClient({ baseUrl: `http://${host}`, token: "t0ken", transport });
  for (let turn = 0; turn < 2; turn += 1) {
    expect((await client.GET("/ring_groups")).data).toEqual(JSON.parse(page));
    for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
  }
  expect(proxy.heads).toEqual([expect.stringMatching(/^CONNECT pbx\.callpark\.test:80 /)]);
});

test("F50: behind a proxy a pin holds as without one: nothing of the request is sent", async () => {
  await using pbx = await serveTls(named);
  await using proxy = await serveProxy(pbx.port);
  const through = { proxy: `http://127.0.0.1:${proxy.port}` };
  expect(await get(`https://${host}`, { ...through, pin: [named.fingerprint] })).toBe(page);
  const before = pbx.received();
  for (const wrong of [{ pin: [second.fingerprint] }, { ca: certificate }, {}])
    expect(await get(`https://${host}`, { ...through, ...wrong })).toMatchObject({ name: "UntrustedCertificateError" });
  expect(pbx.received()).toBe(before);
});

test.each([
  ["NO_PROXY names the host", { NO_PROXY: "other.test, 127.0.0.2" }, "127.0.0.2", {}],
  ["NO_PROXY is *", { no_proxy: "*" }, "127.0.0.2", {}],
  ["the host is this machine", {}, "127.0.0.1", {}],
  ["it is switched off", {}, "127.0.0.2", { proxy: false as const }],
])("F50: no proxy is used where %s", async (_, env, address, options) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  await using proxy = await serveProxy(1, 500);
  vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${proxy.port}`);
  await using transport = createNodeTransport(options);
  // Nobody listens there, which is enough to see where the connection went.
  await transport.fetch(`http://${address}:1/`, {}).catch(() => undefined);
  expect(proxy.heads).toEqual([]);
});

test.each([
  [`${host}:8887`, 8887, false],
  [`${host}:8888`, 8887, true],
  [".callpark.test", 8887, false],
  ["*.callpark.test", 8887, false],
  ["park.test", 8887, true],
])("F50: NO_PROXY=%s with port %i: a proxy is used: %s", async (entry, port, used) => {
  await using proxy = await serveProxy(1, 503);
  vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${proxy.port}`);
  vi.stubEnv("NO_PROXY", entry);
  await using transport = createNodeTransport();
  await transport.fetch(`http://${host}:${port}/`, {}).catch(() => undefined);
  expect(proxy.heads.length > 0).toBe(used);
});

test.each([
  [407, ConfigurationError, "wants to know who asks (407)"],
  [403, ConfigurationError, "refuses to connect to the PBX (403)"],
  [502, UnreachableError, "cannot connect to the PBX (502)"],
])(
  "F50: a proxy's refusal (%i) names the proxy and no credentials; nothing has left",
  async (status, type, message) => {
    await using proxy = await serveProxy(1, status);
    const url = `http://pr0xy:${password}@127.0.0.1:${proxy.port}`;
    const error = await get(`https://${host}`, { proxy: url });
    expect(error).toBeInstanceOf(type);
    expect(String(error)).toContain(`The proxy 127.0.0.1:${proxy.port} ${message}`);
    expect(printed(error)).not.toMatch(/s3cret|w0rd|t0ken|pr0xy/);
  },
);

test("F50: a write through a proxy that is not there never left, so it may be tried again", async () => {
  const { port } = await serveRaw(() => undefined).then(async (gone) => {
    await gone[Symbol.asyncDispose]();
    return gone;
  });
  await using transport = createNodeTransport({ proxy: `http://pr0xy:${password}@127.0.0.1:${port}` });
  const client = createCallParkClient({ baseUrl: `https://${host}`, token: "t0ken", transport, write: true });
  const error = await client.POST("/call_park", { body: { recall_time: 120 } }).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(UnreachableError);
  expect(printed(error)).toContain("ECONNREFUSED");
  expect(printed(error)).not.toMatch(/s3cret|w0rd|pr0xy/);
});

test.each(["http://pr0xy:s3cret@", "socks5://pr0xy:s3cret@127.0.0.1:1080", "http://%E0:s3cret@127.0.0.1:1"])(
  "F50: a proxy that cannot be one is refused without its credentials: %#",
  async (proxy) => {
    const thrown = (() => {
      try {
        return createNodeTransport({ proxy });
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(ConfigurationError);
    expect(printed(thrown)).not.toMatch(/s3cret|pr0xy/);
    vi.stubEnv("HTTPS_PROXY", proxy);
    const error = await get(`https://${host}`, {});
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain("HTTPS_PROXY must be the URL of an HTTP proxy");
    expect(printed(error)).not.toMatch(/s3cret|pr0xy/);
  },
);

test("F50: a proxy may itself speak TLS, and its certificate is checked", async () => {
  await using proxy = await serveTls({ key, cert: certificate });
  const error = await get(`https://${host}`, { proxy: `https://pr0xy:${password}@127.0.0.1:${proxy.port}` });
  expect(error).toBeInstanceOf(UnreachableError);
  expect(proxy.received()).toBe("");
});

const printed = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack} ${JSON.stringify(error, Object.getOwnPropertyNames(error))} ${printed(error.cause)}`
    : String(error);
