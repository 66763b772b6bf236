import {
  createCallParkClient,
  NotSignedInError,
  RateLimitedError,
  ReadOnlyError,
  RefusedError,
  toUpdate,
  UnexpectedAnswerError,
  UnreachableError,
  unwrap,
} from "@callpark/client";
import type { CallPark } from "@callpark/types";
import { expect, test } from "vitest";
import { json, serve } from "./server.ts";

const callPark: CallPark = {
  enabled: true,
  extension_number: "666",
  recall_to: "RING_GROUP_ONLY",
  recall_time: 300,
  recall_ring_group_time: 60,
  ring_group_id: "NzAw",
  prompt_file_name: "hold.wav",
  prompt_file_size: 44,
  prompt_file_url: "/api/blobs/abc",
  send_notification_to_parker: true,
};
const unauthorized = { errors: [{ code: "UNAUTHORIZED", message: "The access token is not valid" }] };

test("GET answers with data and sends the token", async () => {
  await using pbx = await serve((_, response) => json(response, 200, callPark));
  const client = createCallParkClient({ baseUrl: pbx.url, token: "t0ken" });
  const { data, error, response } = await client.GET("/call_park");
  expect([data, error, response.status]).toEqual([callPark, undefined, 200]);
  expect(pbx.requests.map(({ method, path, headers }) => [method, path, headers.authorization])).toEqual([
    ["GET", "/api/call_park", "Bearer t0ken"],
  ]);
});

test("the token may be a function, asked for each request", async () => {
  await using pbx = await serve((_, response) => json(response, 200, callPark));
  const tokens = ["first", "second"];
  const client = createCallParkClient({ baseUrl: pbx.url, token: async () => tokens.shift() ?? "" });
  await client.GET("/call_park");
  await client.GET("/call_park");
  expect(pbx.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer first", "Bearer second"]);
});

test("an operation that takes no token is sent none", async () => {
  await using pbx = await serve((_, response) => json(response, 200, {}));
  await createCallParkClient({ baseUrl: pbx.url, token: "t0ken" }).GET("/info", { params: { query: { domain: "a" } } });
  expect(pbx.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ["/api/info?domain=a", undefined],
  ]);
});

test("a refusal is a value", async () => {
  await using pbx = await serve((_, response) => json(response, 401, unauthorized));
  const { data, error, response } = await createCallParkClient({ baseUrl: pbx.url }).GET("/call_park");
  expect([data, error, response.status]).toEqual([undefined, unauthorized, 401]);
});

test("POST with an empty answer succeeds", async () => {
  await using pbx = await serve((_, response) => response.writeHead(200).end());
  const client = createCallParkClient({ baseUrl: pbx.url, token: "t", write: true });
  const { error, response } = await client.POST("/call_park", { body: { recall_time: 120 } });
  expect([error, response.status]).toEqual([undefined, 200]);
  expect(pbx.requests.map(({ body, headers }) => [body, headers["content-type"]])).toEqual([
    ['{"recall_time":120}', "application/json"],
  ]);
});

test("a client only reads unless it is told otherwise, and sends nothing", async () => {
  await using pbx = await serve((_, response) => response.writeHead(200).end());
  const client = createCallParkClient({ baseUrl: pbx.url, token: "t" });
  const attempt = client.POST("/call_park", { body: { recall_time: 120 } });
  await expect(attempt).rejects.toThrow(ReadOnlyError);
  await expect(attempt).rejects.toThrow(
    "This client only reads, and POST /call_park changes the PBX: create it with { write: true }",
  );
  expect(pbx.requests).toEqual([]);
});

test("a client that only reads does not even read for an update", async () => {
  await using pbx = await serve((_, response) => json(response, 200, callPark));
  const client = createCallParkClient({ baseUrl: pbx.url, token: "t" });
  await expect(client.callPark.update({ recall_time: 120 })).rejects.toThrow(ReadOnlyError);
  expect(pbx.requests).toEqual([]);
});

test("signing in changes no PBX, so a client that only reads may do it", async () => {
  await using pbx = await serve((_, response) => json(response, 200, { two_factor_enabled: true, token: "x" }));
  const client = createCallParkClient({ baseUrl: pbx.url });
  const { data } = await client.POST("/auth/sign_in", { body: { username: "a", password: "b" } });
  expect(data).toEqual({ two_factor_enabled: true, token: "x" });
});

test("a form is sent as a form, bytes as bytes", async () => {
  await using pbx = await serve((request, response) =>
    request.url?.startsWith("/api/login") ? json(response, 200, {}) : response.writeHead(203).end(),
  );
  const client = createCallParkClient({ baseUrl: pbx.url, token: "t", write: true });
  await client.POST("/login/oauth/token", {
    body: {
      grant_type: "refresh_token",
      refresh_token: "r&r",
      client_id: "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a",
      scope: "all",
    },
  });
  await client.POST("/blobs/uploads/{id}/append", {
    params: { path: { id: "a/b" }, header: { "PortSIP-Upload-Token": "u" } },
    body: new TextEncoder().encode("RIFF"),
  });
  expect(pbx.requests.map(({ path, body, headers }) => [path, headers["content-type"], body])).toEqual([
    [
      "/api/login/oauth/token",
      "application/x-www-form-urlencoded",
      "grant_type=refresh_token&refresh_token=r%26r&client_id=9d806019-75b2-4b3d-bb8b-f5a3a412cc0a&scope=all",
    ],
    ["/api/blobs/uploads/a%2Fb/append", "application/octet-stream", "RIFF"],
  ]);
});

test("unwrap gives the data", async () => {
  await using pbx = await serve((_, response) => json(response, 200, callPark));
  expect(await unwrap(createCallParkClient({ baseUrl: pbx.url }).GET("/call_park"))).toEqual(callPark);
});

test("unwrap throws what the PBX said", async () => {
  const answers: [number, unknown, Record<string, string>?][] = [
    [401, unauthorized],
    [422, { errors: [{ code: "VALIDATE_FAILED", message: "recall_time" }] }],
    [505, "oops"],
    [400, { wrong: true }],
    [429, { errors: [{ code: "UNKNOWN", message: "Too many" }] }, { "Retry-After": "86400" }],
  ];
  await using pbx = await serve((_, response) => json(response, ...(answers.shift() ?? [200, {}])));
  const client = createCallParkClient({ baseUrl: pbx.url });
  const where = `GET ${pbx.url}/api/call_park`;
  const thrown = async () => unwrap(client.GET("/call_park")).catch((error: unknown) => error);
  const notSignedIn = await thrown();
  expect(notSignedIn).toBeInstanceOf(NotSignedInError);
  expect(notSignedIn).toMatchObject({ name: "NotSignedInError", status: 401, errors: unauthorized.errors });
  expect(String(notSignedIn)).toBe(
    `NotSignedInError: Refused by the PBX with 401 (UNAUTHORIZED: The access token is not valid), sign in or refresh the token: ${where}`,
  );
  const refused = await thrown();
  expect(refused).toBeInstanceOf(RefusedError);
  expect(refused).toMatchObject({
    name: "RefusedError",
    message: `Refused by the PBX with 422 (VALIDATE_FAILED: recall_time): ${where}`,
  });
  const broken = await thrown();
  expect(broken).toBeInstanceOf(UnexpectedAnswerError);
  expect(broken).toMatchObject({
    status: 505,
    message: `Not a documented answer (status 505 without errors[]): ${where}`,
  });
  expect(await thrown()).toMatchObject({ message: `Not a documented answer (status 400 without errors[]): ${where}` });
  const limited = await thrown();
  expect(limited).toBeInstanceOf(RateLimitedError);
  expect(limited).toMatchObject({ retryAfter: "86400", message: expect.stringContaining("try again after 86400") });
});

test.each<[number, string, object]>([
  [401, "NotSignedInError", { message: expect.stringContaining("with 401, sign in or refresh the token: GET") }],
  [429, "RateLimitedError", { retryAfter: "86400" }],
])("unwrap knows a %i also where a gateway says it in its own words", async (status, name, more) => {
  await using pbx = await serve((_, response) =>
    response.writeHead(status, { "Content-Type": "text/html", "Retry-After": "86400" }).end("<h1>No</h1>"),
  );
  const client = createCallParkClient({ baseUrl: pbx.url });
  await expect(unwrap(client.GET("/call_park"))).rejects.toMatchObject({ name, status, errors: [], ...more });
});

test("an answer that is not JSON is told apart from no answer", async () => {
  await using pbx = await serve((_, response) =>
    response.writeHead(200, { "Content-Type": "text/html" }).end("<html>log in</html>"),
  );
  const client = createCallParkClient({ baseUrl: pbx.url });
  await expect(client.GET("/call_park")).rejects.toThrow(UnexpectedAnswerError);
  const { port } = pbx;
  await pbx[Symbol.asyncDispose]();
  await expect(client.GET("/call_park")).rejects.toThrow(
    `No answer from the PBX (connect ECONNREFUSED 127.0.0.1:${port}): GET ${pbx.url}/api/call_park`,
  );
  await expect(client.GET("/call_park")).rejects.toThrow(UnreachableError);
});

test("a redirect is not followed, and nothing goes there", async () => {
  await using other = await serve((_, response) => json(response, 200, callPark));
  await using pbx = await serve((_, response) => response.writeHead(307, { Location: `${other.url}/?a=b` }).end());
  await expect(createCallParkClient({ baseUrl: pbx.url, token: "t" }).GET("/call_park")).rejects.toThrow(
    `Not a documented answer (it redirects to ${other.url}/, which is not followed): GET ${pbx.url}/api/call_park`,
  );
  expect([pbx.requests.length, other.requests.length]).toEqual([1, 0]);
});

test.each(["", "two words", "line\nbreak", "nul\0"])(
  "a token that no header can hold is not printed: %#",
  async (token) => {
    await using pbx = await serve((_, response) => json(response, 200, callPark));
    const attempt = createCallParkClient({ baseUrl: pbx.url, token }).GET("/call_park");
    await expect(attempt).rejects.toThrow(
      /^The token is empty or holds a character that no token has, such as a line break$/,
    );
    expect(pbx.requests).toEqual([]);
  },
);

test("toUpdate leaves out what cannot be written", () => {
  expect(toUpdate(callPark)).toEqual({
    enabled: true,
    extension_number: "666",
    recall_to: "RING_GROUP_ONLY",
    recall_time: 300,
    recall_ring_group_time: 60,
    ring_group_id: "NzAw",
    send_notification_to_parker: true,
  });
});

test("toUpdate invents nothing that an older PBX did not answer with, and passes on nothing unknown", () => {
  const { send_notification_to_parker: _, ...older } = callPark;
  expect(toUpdate({ ...older, colour: "blue" } as CallPark)).not.toHaveProperty("send_notification_to_parker");
  expect(toUpdate({ ...older, colour: "blue" } as CallPark)).not.toHaveProperty("colour");
});
