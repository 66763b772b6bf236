import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { connect as connectSecurely } from "node:tls";
import { createCallParkClient, unwrap } from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../src/index.ts";
import { addressBytes } from "../src/tls/address-bytes.ts";
import { makeIdentity } from "../src/tls/certificate.ts";
import { start, tokenOf } from "./support.ts";

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "call park sandbox "));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

test("the client trusts it by its fingerprint, and by its certificate", async () => {
  const pbx = await start({ tls: true });
  if (!pbx.certificate) throw new Error("It has no certificate");
  expect(pbx.url).toBe(`https://127.0.0.1:${pbx.port}`);
  const token = await tokenOf(pbx);
  for (const trust of [{ pin: [pbx.certificate.fingerprint] }, { ca: pbx.certificate.pem }]) {
    await using transport = createNodeTransport(trust);
    const client = createCallParkClient({ baseUrl: pbx.url, token, transport });
    expect((await unwrap(client.GET("/call_park"))).recall_time).toBe(300);
  }
  await using stranger = createNodeTransport();
  const client = createCallParkClient({ baseUrl: pbx.url, token, transport: stranger, retry: 1 });
  await expect(client.GET("/call_park")).rejects.toThrow();
});

test("its certificate is for this machine's own names, signs itself, and is good for years", () => {
  const now = Date.UTC(2026, 10, 24);
  const { cert } = makeIdentity(["localhost", "127.0.0.1", "::1", "pbx.example", "2001:db8::7"], now);
  const certificate = new X509Certificate(cert);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkIssued(certificate)).toBe(true);
  expect(certificate.ca).toBe(true);
  expect(certificate.subject).toBe("CN=callpark sandbox");
  expect(certificate.subjectAltName).toBe(
    "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:pbx.example, IP Address:2001:DB8:0:0:0:0:0:7",
  );
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect([certificate.validFrom, certificate.validTo]).toEqual([
    "Nov 23 00:00:00 2026 GMT",
    "Nov 21 00:00:00 2036 GMT",
  ]);
});

test("a certificate that is good beyond 2049 has its dates right", () => {
  const { cert } = makeIdentity(["localhost"], Date.UTC(2045, 0, 1));
  expect(new X509Certificate(cert).validTo).toBe("Dec 30 00:00:00 2054 GMT");
});

test("every one that it makes can be read and has a serial number of its own", () => {
  const made = Array.from({ length: 50 }, () => new X509Certificate(makeIdentity(["localhost"], Date.now()).cert));
  expect(made.filter((certificate) => certificate.verify(certificate.publicKey)).length).toBe(50);
  expect(new Set(made.map(({ serialNumber }) => serialNumber)).size).toBe(50);
});

test.each([
  ["127.0.0.1", "7f000001"],
  ["::1", "00000000000000000000000000000001"],
  ["2001:db8::7", "20010db8000000000000000000000007"],
  ["fe80::1:2%eth0", "fe800000000000000000000000010002"],
  ["::", "00000000000000000000000000000000"],
  ["1:2:3:4:5:6:7:8", "00010002000300040005000600070008"],
  ["::ffff:192.0.2.1", "00000000000000000000ffffc0000201"],
])("the bytes of %s", (address, hex) => {
  expect(addressBytes(address).toString("hex")).toBe(hex);
});

test("a data file keeps the certificate, so that a pin holds, until it is to serve another name", async () => {
  const dataFile = join(folder(), "pbx.sqlite");
  const fingerprint = async (options: Parameters<typeof startSandbox>[0]) => {
    await using pbx = await startSandbox({ dataFile, tls: true, ...options });
    return pbx.certificate?.fingerprint;
  };
  const first = await fingerprint({});
  expect(await fingerprint({})).toBe(first);
  expect(await fingerprint({ allowHosts: ["pbx.example"] })).not.toBe(first);
});

test("it may be given a certificate", async () => {
  const identity = makeIdentity(["127.0.0.1"], Date.now());
  const pbx = await start({ tls: identity });
  expect(pbx.certificate?.pem).toBe(identity.cert);
  const socket = connectSecurely({ port: pbx.port, host: "127.0.0.1", ca: identity.cert });
  await once(socket, "secureConnect");
  expect(socket.getPeerX509Certificate()?.fingerprint256).toBe(pbx.certificate?.fingerprint);
  socket.destroy();
});

test("plain HTTP to it ends at once, and it goes on", async () => {
  const pbx = await start({ tls: true });
  const socket = connect(pbx.port, "127.0.0.1");
  socket.write("GET /api/info HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect(String(await buffer(socket))).not.toContain("HTTP/1.1 200");
  await using transport = createNodeTransport({ ca: String(pbx.certificate?.pem) });
  const client = createCallParkClient({ baseUrl: pbx.url, token: await tokenOf(pbx), transport });
  expect((await client.GET("/call_park")).response.status).toBe(200);
});
