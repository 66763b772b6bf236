import { createCallParkClient, UnreachableError, UntrustedCertificateError } from "@callpark/client";
import { createNodeTransport, type NodeTransportOptions } from "@callpark/client/node";
import { expect, test } from "vitest";
import { certificate, fingerprint, otherCertificate } from "../certificate.ts";
import { json, serve } from "../server.ts";

const get = async (url: string, options: NodeTransportOptions) => {
  await using transport = createNodeTransport(options);
  const client = createCallParkClient({ baseUrl: url, token: "t0ken", transport });
  return (await client.GET("/ring_groups")).data;
};
const page = { count: 0, items: [] };
const other = "AB:".repeat(31).concat("AB");

test.each<[string, NodeTransportOptions]>([
  ["its authority is named", { ca: certificate }],
  ["it is pinned", { pin: [fingerprint] }],
  ["it is one of the pinned, written without colons", { pin: [other, fingerprint.replaceAll(":", "").toLowerCase()] }],
  ["anything goes", { insecure: true }],
])("a self-signed certificate is trusted when %s", async (_, options) => {
  await using pbx = await serve((_, response) => json(response, 200, page), { tls: true });
  expect(await get(pbx.url, options)).toEqual(page);
});

test.each<[string, NodeTransportOptions]>([
  ["named", { ca: certificate }],
  ["pinned", { pin: [fingerprint] }],
])("a certificate that is %s is looked at on every connection, not on the first alone", async (_, options) => {
  await using pbx = await serve((_request, response) => json(response, 200, page, { Connection: "close" }), {
    tls: true,
  });
  await using transport = createNodeTransport(options);
  const client = createCallParkClient({ baseUrl: pbx.url, token: "t0ken", transport });
  for (let turn = 0; turn < 4; turn += 1) expect((await client.GET("/ring_groups")).data).toEqual(page);
  expect(pbx.connections()).toBe(4);
});

test.each<[string, NodeTransportOptions, string]>([
  ["nothing is said", {}, "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ["another is pinned", { pin: [other] }, "it is not a pinned one"],
  ["another authority is named", { ca: otherCertificate }, "DEPTH_ZERO_SELF_SIGNED_CERT"],
])("it is refused when %s, and nothing of the request is sent", async (_, options, reason) => {
  await using pbx = await serve((_, response) => json(response, 200, page), { tls: true });
  const error = await get(pbx.url, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UntrustedCertificateError);
  expect(error).toMatchObject({
    fingerprint,
    message: `The certificate of 127.0.0.1 is not trusted (${reason}). Its SHA-256 fingerprint is ${fingerprint}: if that is your PBX's, pin it; or name the certificate authority that signed it`,
  });
  expect(pbx.requests).toEqual([]);
});

test("a certificate for another name is refused even when its authority is trusted", async () => {
  await using pbx = await serve((_, response) => json(response, 200, page), { tls: true });
  const error = await get(pbx.url.replace("127.0.0.1", "localhost"), { ca: certificate }).catch((one: unknown) => one);
  expect(error).toMatchObject({ name: "UntrustedCertificateError", message: expect.stringContaining("localhost") });
  expect(pbx.requests).toEqual([]);
});

test("a fingerprint that is none is refused", () => {
  expect(() => createNodeTransport({ pin: ["12:34"] })).toThrow(
    '"12:34" is no SHA-256 fingerprint: give 64 hexadecimal digits, with or without colons between them',
  );
});

test("connections are kept and closed", async () => {
  await using pbx = await serve((_, response) => json(response, 200, page));
  const transport = createNodeTransport();
  const client = createCallParkClient({ baseUrl: pbx.url, transport });
  await client.GET("/ring_groups");
  // A connection is free for the next request a turn after its answer was read.
  await new Promise(setImmediate);
  await client.GET("/ring_groups");
  expect(pbx.connections()).toBe(1);
  await transport.close();
  await expect(client.GET("/ring_groups")).rejects.toThrow(UnreachableError);
});
