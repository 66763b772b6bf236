/** A URL with https to a PBX that speaks http. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createNodeTransport } from "@callpark/client/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, failureOf } from "./raw-server.ts";

const server = createServer();
let url: string;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

test("the Node transport says so, and what to try", async () => {
  await using transport = createNodeTransport();
  const error = await failureOf(clientOf(url, transport, { retry: 1 }).GET("/call_park"));
  expect(error).toMatchObject({
    name: "UnreachableError",
    message: `No answer from the PBX (what listens there does not speak https: try http:, or another port): ${url}`,
    cause: { cause: { code: "ERR_SSL_WRONG_VERSION_NUMBER" } },
  });
});
