import { createCallParkClient, UnexpectedAnswerError } from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { expect, test } from "vitest";
import { certificate } from "../certificate.ts";
import { json, serve } from "../server.ts";

const refused = async (url: string) => {
  await using transport = createNodeTransport({ ca: certificate });
  const client = createCallParkClient({ baseUrl: url, token: "t0ken", transport, write: true });
  const errors = [
    await client.GET("/ring_groups").catch((error: unknown) => error),
    await client.POST("/call_park", { body: { recall_time: 120 } }).catch((error: unknown) => error),
  ];
  for (const error of errors) expect(error).toBeInstanceOf(UnexpectedAnswerError);
  return errors.map(String);
};

test.each([301, 302, 303, 307, 308])(
  "F41: a redirect to another host (%i) is refused, and nothing goes there",
  async (status) => {
    await using other = await serve((_, response) => json(response, 200, {}));
    const there = other.url.replace("127.0.0.1", "localhost");
    await using pbx = await serve((_, response) =>
      response.writeHead(status, { Location: `${there}/x?a=b` }).end("no"),
    );
    const [error] = await refused(pbx.url);
    expect(error).toContain(`(it redirects to ${there}/x, which is not followed): GET ${pbx.url}/api/ring_groups`);
    expect([pbx.requests.length, other.connections()]).toEqual([2, 0]);
  },
);

test("F42: a redirect from https to http, or to another port, is refused", async () => {
  await using other = await serve((_, response) => json(response, 200, {}));
  await using pbx = await serve((_, response) => response.writeHead(308, { Location: other.url }).end(), { tls: true });
  expect(await refused(pbx.url)).toEqual([
    expect.stringContaining(`redirects to ${other.url},`),
    expect.stringContaining(`redirects to ${other.url},`),
  ]);
  expect([pbx.requests.length, other.connections()]).toEqual([2, 0]);
});

test("F43: a redirect to itself is refused at the first", async () => {
  await using pbx = await serve((request, response) => response.writeHead(302, { Location: request.url }).end());
  expect(await refused(pbx.url)).toHaveLength(2);
  expect(pbx.requests).toHaveLength(2);
});

test("F43: the body of a redirect keeps no connection busy", async () => {
  await using pbx = await serve((_, response) => response.writeHead(302, { Location: "/" }).end("x".repeat(50_000)));
  await using transport = createNodeTransport();
  const first = await transport.fetch(pbx.url, {});
  expect([first.status, first.body, await first.text()]).toEqual([302, null, ""]);
  for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
  await transport.fetch(pbx.url, {});
  expect(pbx.connections()).toBe(1);
});
