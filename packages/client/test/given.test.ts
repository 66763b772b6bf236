/** What a caller gives that cannot be sent. */
import { createCallParkClient, createClient } from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import { expect, test } from "vitest";
import { failureOf, replyJson, serveRaw, settings } from "./faults/raw-server.ts";

test.each(["", ".", "..", undefined, null])("an id that would lead to another path is refused: %j", async (given) => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  const id = given as string;
  const { callPark, POST } = createCallParkClient({ baseUrl: server.url, write: true });
  const refused = (name: string, path: string) => ({
    name: "ConfigurationError",
    message: `"${given ?? ""}" is no ${name}: ${server.url}/api${path}`,
  });
  const group = "/call_park_groups/{id}";
  expect(await failureOf(callPark.groups.show(id))).toMatchObject(refused("id", group));
  expect(await failureOf(callPark.groups.destroy(id))).toMatchObject(refused("id", `${group}/destroy`));
  expect(await failureOf(callPark.groups.members.add("a", id))).toMatchObject(
    refused("extension_number", `${group}/members/{extension_number}`),
  );
  expect(await failureOf(POST("/blobs/uploads/{id}/destroy", { params: { path: { id } } }))).toMatchObject(
    refused("id", "/blobs/uploads/{id}/destroy"),
  );
  expect(await failureOf(createClient({ baseUrl: server.url }).GET(group, { params: { path: { id } } }))).toMatchObject(
    refused("id", group),
  );
  expect(server.connections()).toBe(0);
});

test("an id with dots, slashes and the like in it is one part of the path", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, {}));
  const pbx = createCallParkClient({ baseUrl: server.url });
  for (const id of ["...", "../x", "%2e%2e", "a/b?c#d", " "]) await pbx.callPark.groups.show(id);
  expect(server.seen()).toEqual(
    ["...", "..%2Fx", "%252e%252e", "a%2Fb%3Fc%23d", "%20"].map((id) => `GET /api/call_park_groups/${id}`),
  );
});

test("white space around a header's value is left out, as fetch does", async () => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  await using transport = createNodeTransport();
  for (const given of [{}, { transport }]) {
    const pbx = createCallParkClient({ baseUrl: server.url, write: true, ...given });
    await pbx.POST("/call_park", { body: { recall_time: 120 }, headers: { "X-Trace": " a b\r\n" } });
  }
  expect(server.requests.map(({ headers }) => headers["x-trace"])).toEqual(["a b", "a b"]);
});

test.each([
  ["X-Trace", "s3cret\nx"],
  ["X-Trace", "s3cret\0"],
  ["X-Trace", "s3cr\u0142t"],
  ["X Trace", "s3cret"],
  ["", "s3cret"],
])("a header that cannot be sent is refused without its value: %j: %j", async (name, value) => {
  await using server = await serveRaw((socket) => replyJson(socket, 200, settings));
  await using transport = createNodeTransport();
  const message = `The header ${name} holds a character that no header can, such as a line break`;
  for (const given of [{}, { transport }])
    for (const pbx of [
      createCallParkClient({ baseUrl: server.url, ...given }),
      createClient({ baseUrl: server.url }),
    ]) {
      const error = (await failureOf(pbx.GET("/call_park", { headers: { [name]: value } }))) as Error;
      expect([error.name, error.message, error.cause]).toEqual(["ConfigurationError", message, undefined]);
      expect(error.stack).not.toContain("s3cr");
    }
  expect(server.connections()).toBe(0);
});
