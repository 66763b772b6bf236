import { ConfigurationError, createCallParkClient, UnexpectedAnswerError } from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { expect, test } from "vitest";
import { json, serve } from "../server.ts";

test.each(["s3cret\nx", "s3cret\0", "s3cret\r\nHost: x", "s3crét"])(
  "F51: a token that no header can hold is refused with a fixed message: %#",
  async (token) => {
    await using pbx = await serve((_, response) => json(response, 200, {}));
    await using transport = createNodeTransport();
    for (const given of [token, () => token, { token: () => token, renew: () => Promise.resolve(undefined) }]) {
      const client = createCallParkClient({ baseUrl: pbx.url, token: given, transport });
      const error: unknown = await client.GET("/ring_groups").catch((one: unknown) => one);
      expect(error).toEqual(
        new ConfigurationError("The token is empty or holds a character that no token has, such as a line break"),
      );
      expect((error as Error).cause).toBeUndefined();
    }
    const bare: unknown = await transport
      .fetch(pbx.url, { headers: { Authorization: `Bearer ${token.replace("é", "\u{1f600}")}` } })
      .catch((one: unknown) => one);
    expect(bare).toBeInstanceOf(Error);
    expect((bare as Error).stack).not.toContain("s3cr");
    expect(pbx.connections()).toBe(0);
  },
);

test("F52: a URL with a user name or password is refused, and neither is printed", async () => {
  await using transport = createNodeTransport();
  for (const user of ["4dmin:s3cret@", "4dmin@", ":s3cret@"]) {
    const url = `https://${user}pbx.example.com:8887`;
    const thrown = [
      await new Promise(() => createCallParkClient({ baseUrl: url, transport })).catch((one: unknown) => one),
      await transport.fetch(url, {}).catch((one: unknown) => one),
    ];
    for (const error of thrown) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toMatch(/without user name, password|must not hold a user name or password/);
      expect((error as Error).stack).not.toMatch(/s3cret|4dmin/);
    }
  }
});

test("F53: a prompt URL that is absolute or of another origin is never fetched", async () => {
  await using other = await serve((_, response) => json(response, 200, {}));
  let path = "";
  await using pbx = await serve((_, response) => json(response, 200, { prompt_file_url: path }));
  await using transport = createNodeTransport();
  const client = createCallParkClient({ baseUrl: pbx.url, token: "t0ken", transport });
  const { host } = new URL(other.url);
  for (path of [
    `${other.url}/api/blobs/abc`,
    `//${host}/api/blobs/abc`,
    `\\\\${host}\\api\\blobs\\abc`,
    `${pbx.url}/api/blobs/abc`,
    "/api/blobs/../users",
    "/api/blobs/..",
    "/api/blobs/%2e%2e",
    "/api/blobs/a?x=y",
    "/api/users",
    "api/blobs/abc",
  ]) {
    await expect(client.callPark.prompt.download(), path).rejects.toThrow(UnexpectedAnswerError);
  }
  expect(new Set(pbx.requests.map((request) => request.path))).toEqual(new Set(["/api/call_park"]));
  expect(other.connections()).toBe(0);
});

test("F53: a prompt below /api/blobs is fetched, without the token that it does not need", async () => {
  await using pbx = await serve((request, response) =>
    request.url === "/api/call_park"
      ? json(response, 200, { prompt_file_url: "/api/blobs/abc" })
      : response.writeHead(200, { "Content-Type": "audio/wav" }).end("RIFF"),
  );
  await using transport = createNodeTransport();
  const client = createCallParkClient({ baseUrl: pbx.url, token: "t0ken", transport });
  expect(Buffer.from((await client.callPark.prompt.download()) ?? []).toString()).toBe("RIFF");
  expect(pbx.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ["/api/call_park", "Bearer t0ken"],
    ["/api/blobs/abc", undefined],
  ]);
});
