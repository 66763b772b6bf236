import { ConfigurationError, createCallParkClient, createClient, UntrustedCertificateError } from "@callpark/client";
import { createNodeTransport, type NodeTransportOptions } from "@callpark/client/node";
import { expect, test, vi } from "vitest";
import { certificate, fingerprint, key } from "../certificate.ts";
import { authority, expired, named, second } from "./certificates.ts";
import { serveTls } from "./raw-servers.ts";

const selfSigned = { key, cert: certificate };

const get = async (port: number, options: NodeTransportOptions, host = "127.0.0.1") => {
  await using transport = createNodeTransport(options);
  const client = createCallParkClient({ baseUrl: `https://${host}:${port}`, token: "t0ken", transport });
  return await client.GET("/ring_groups").then(
    ({ data }) => data,
    (error: unknown) => error,
  );
};
const trusted = { count: 0, items: [] };

test.each<[string, Parameters<typeof serveTls>[0], NodeTransportOptions, string, string]>([
  ["F44: a self-signed certificate", selfSigned, {}, "DEPTH_ZERO_SELF_SIGNED_CERT", fingerprint],
  ["F45: an expired certificate", expired, { ca: authority }, "CERT_HAS_EXPIRED", expired.fingerprint],
  ["F46: a certificate for another name", named, { ca: authority }, "ERR_TLS_CERT_ALTNAME", named.fingerprint],
  [
    "F47: another certificate than the pinned",
    selfSigned,
    { pin: [second.fingerprint] },
    "not a pinned one",
    fingerprint,
  ],
])("%s is refused at once, with its fingerprint, and nothing of the request is sent", async (...row) => {
  const [, identity, options, reason, shown] = row;
  await using pbx = await serveTls(identity);
  const error = await get(pbx.port, options);
  expect(error).toBeInstanceOf(UntrustedCertificateError);
  expect(error).toMatchObject({ fingerprint: shown, message: expect.stringContaining(reason) });
  expect(String(error)).toContain(`Its SHA-256 fingerprint is ${shown}: if that is your PBX's, pin it; or name`);
  expect(String(error)).not.toContain("t0ken");
  expect([pbx.received(), pbx.connections()]).toEqual(["", 1]);
});

test.each([
  ["F45: an expired certificate", expired],
  ["F46: a certificate for another name", named],
])("%s is trusted where it is pinned", async (_, identity) => {
  await using pbx = await serveTls(identity);
  expect(await get(pbx.port, { pin: [identity.fingerprint] })).toEqual(trusted);
});

test("F47: a pin holds on every connection, also where the certificate changes in between", async () => {
  await using pbx = await serveTls(selfSigned);
  await using transport = createNodeTransport({ pin: [fingerprint] });
  const client = createCallParkClient({ baseUrl: `https://127.0.0.1:${pbx.port}`, token: "t0ken", transport });
  expect((await client.GET("/ring_groups")).data).toEqual(trusted);
  const before = pbx.received();
  pbx.show(second);
  await expect(client.GET("/ring_groups")).rejects.toThrow(UntrustedCertificateError);
  expect(pbx.received()).toBe(before);
});

test("F48: where the key changes, a second pin is accepted", async () => {
  await using pbx = await serveTls(selfSigned);
  await using transport = createNodeTransport({ pin: [fingerprint, second.fingerprint] });
  const client = createCallParkClient({ baseUrl: `https://127.0.0.1:${pbx.port}`, token: "t0ken", transport });
  expect((await client.GET("/ring_groups")).data).toEqual(trusted);
  pbx.show(second);
  expect((await client.GET("/ring_groups")).data).toEqual(trusted);
  expect(pbx.connections()).toBe(2);
});

const session = { username: "admin", password: "p4ssword" };

test("F49: NODE_TLS_REJECT_UNAUTHORIZED=0 is warned of, certificates are checked all the same, nothing is written", async () => {
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
  await using pbx = await serveTls(selfSigned);
  expect(await get(pbx.port, {})).toBeInstanceOf(UntrustedCertificateError);
  // Node warns as well.
  expect(warn.mock.calls.filter(([text]) => String(text).startsWith("NODE_TLS_REJECT_UNAUTHORIZED is 0:"))).toEqual([
    [expect.any(String), { type: "CallParkWarning", code: "CALLPARK_TLS_DISARMED" }],
  ]);
  await using transport = createNodeTransport({ pin: [fingerprint] });
  const baseUrl = `https://127.0.0.1:${pbx.port}`;
  const client = createCallParkClient({ baseUrl, token: "t0ken", transport, write: true });
  expect((await client.GET("/ring_groups")).data).toEqual(trusted);
  const before = pbx.received();
  for (const write of [
    () => client.POST("/call_park", { body: { recall_time: 120 } }),
    () => client.callPark.update({ recall_time: 120 }),
    () => client.auth.signIn(session),
  ]) {
    const error: unknown = await write().then(String, (one: unknown) => one);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toMatch(
      /^ConfigurationError: POST is refused while NODE_TLS_REJECT_UNAUTHORIZED is 0 \(host /,
    );
  }
  expect(pbx.received().slice(before.length)).not.toContain("POST");
});

test("F49: NODE_TLS_REJECT_UNAUTHORIZED=0 on global fetch: warned of once, and nothing is written either", async () => {
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
  await using pbx = await serveTls(selfSigned);
  const options = { baseUrl: `https://127.0.0.1:${pbx.port}`, token: "t0ken", write: true };
  const clients = [createCallParkClient(options), createCallParkClient({ ...options, transport: globalThis })];
  expect(warn.mock.calls.filter(([, given]) => Object(given).code === "CALLPARK_TLS_DISARMED").length).toBe(1);
  for (const client of clients) {
    expect((await client.GET("/ring_groups")).data).toEqual(trusted);
    for (const write of [
      () => client.POST("/call_park", { body: { recall_time: 120 } }),
      () => client.auth.signIn(session),
    ])
      await expect(write()).rejects.toThrow(
        new ConfigurationError(
          `POST is refused while NODE_TLS_REJECT_UNAUTHORIZED is 0 (host 127.0.0.1:${pbx.port}): unset it, and pin the PBX's certificate instead`,
        ),
      );
  }
  expect(pbx.received()).not.toContain("POST");
});

test("F49: NODE_TLS_REJECT_UNAUTHORIZED=0 and the smallest client, which is for browsers: it is not looked at", async () => {
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  vi.spyOn(process, "emitWarning").mockReturnValue();
  await using pbx = await serveTls(selfSigned);
  const client = createClient({ baseUrl: `https://127.0.0.1:${pbx.port}`, write: true });
  await client.POST("/call_park", { body: { recall_time: 120 } });
  expect(pbx.received()).toContain("POST /api/call_park");
});

test.each([
  ["true", true],
  ["its URL", undefined],
] as const)("insecure: %s trusts one host, says so once, and only reads", async (_, given) => {
  const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
  await using pbx = await serveTls(selfSigned);
  await using other = await serveTls(selfSigned);
  const baseUrl = `https://127.0.0.1:${pbx.port}`;
  await using transport = createNodeTransport({ insecure: given ?? `${baseUrl}/api` });
  const client = createCallParkClient({ baseUrl, token: "t0ken", transport, write: true });
  for (let turn = 0; turn < 2; turn += 1) expect((await client.GET("/ring_groups")).data).toEqual(trusted);
  expect(warn.mock.calls).toEqual([
    [
      `The certificate of 127.0.0.1:${pbx.port} is not checked: whoever stands in between reads the token`,
      { type: "CallParkWarning", code: "CALLPARK_INSECURE" },
    ],
  ]);
  const before = pbx.received();
  const refusal = `POST is refused while the certificate of 127.0.0.1:${pbx.port} is not checked (insecure): only GET and HEAD are sent. Pin the certificate, or name the authority that signed it`;
  await expect(client.POST("/call_park", { body: { recall_time: 120 } })).rejects.toThrow(
    new ConfigurationError(refusal),
  );
  await expect(client.auth.signIn(session)).rejects.toThrow(new ConfigurationError(refusal));
  expect(pbx.received()).toBe(before);
  const elsewhere = createCallParkClient({ baseUrl: `https://127.0.0.1:${other.port}`, token: "t0ken", transport });
  await expect(elsewhere.GET("/ring_groups")).rejects.toThrow(
    `insecure holds for ${baseUrl} alone, not for https://127.0.0.1:${other.port}: give each host a transport of its own`,
  );
  expect(other.connections()).toBe(0);
});

test("insecure takes nothing but true and a URL", () => {
  expect(() => createNodeTransport({ insecure: "pbx" })).toThrow(
    new ConfigurationError("insecure must be true or a host's URL, such as https://pbx.example.com:8887"),
  );
});
