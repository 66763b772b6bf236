import { createCallParkClient } from "@callpark/client";
import type { CallPark } from "@callpark/types";
import { expect, test } from "vitest";
import { json, serve } from "./server.ts";

const callPark: CallPark = {
  enabled: true,
  extension_number: "666",
  recall_to: "USER_ONLY",
  recall_time: 300,
  recall_ring_group_time: 300,
  ring_group_id: null,
  prompt_file_name: null,
  prompt_file_size: null,
  prompt_file_url: null,
};
const refusal = { errors: [{ code: "VALIDATE_FAILED", message: "recall_time" }] };
const client = (baseUrl: string) => createCallParkClient({ baseUrl, token: "t", write: true });

test("get answers with the settings", async () => {
  await using pbx = await serve((_, response) => json(response, 200, callPark));
  expect((await client(pbx.url).callPark.get()).data).toEqual(callPark);
  expect(pbx.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /api/call_park"]);
});

test("an update whose first reading holds no settings is no success: nothing is written", async () => {
  await using pbx = await serve((_, response) => json(response, 200, null));
  await expect(client(pbx.url).callPark.update({ recall_time: 120 })).rejects.toMatchObject({
    name: "UnexpectedAnswerError",
    message: "Not a documented answer (it holds no settings): GET /call_park",
  });
  expect(pbx.requests.map(({ method }) => method)).toEqual(["GET"]);
});

test("update reads first, then writes what was asked for and nothing else", async () => {
  await using pbx = await serve(({ method }, response) =>
    method === "GET" ? json(response, 200, callPark) : response.writeHead(200).end(),
  );
  const answer = await client(pbx.url).callPark.update({ recall_time: 120 });
  expect([answer.data, answer.error, answer.response.status]).toEqual([undefined, undefined, 200]);
  expect(pbx.requests.map(({ method, body }) => `${method} ${body}`)).toEqual(["GET ", 'POST {"recall_time":120}']);
});

test("update answers with the PBX's refusal of the reading, and writes nothing", async () => {
  await using pbx = await serve((_, response) => json(response, 403, refusal));
  const { error, response } = await client(pbx.url).callPark.update({ recall_time: 120 });
  expect([error, response.status, pbx.requests.length]).toEqual([refusal, 403, 1]);
});

test("update answers with the PBX's refusal of the write", async () => {
  await using pbx = await serve(({ method }, response) =>
    method === "GET" ? json(response, 200, callPark) : json(response, 422, refusal),
  );
  expect((await client(pbx.url).callPark.update({ recall_time: 9 })).error).toEqual(refusal);
  expect(pbx.requests.map(({ method }) => method)).toEqual(["GET", "POST"]);
});

test("update ends where it is aborted while it settles", async () => {
  const controller = new AbortController();
  await using pbx = await serve(({ method, socket }, response) => {
    if (method === "GET") return json(response, 200, callPark);
    socket.destroy();
    setImmediate(() => controller.abort(new Error("enough")));
  });
  await expect(client(pbx.url).callPark.update({ recall_time: 120 }, { signal: controller.signal })).rejects.toThrow(
    "enough",
  );
  expect(pbx.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("a read-only client updates nothing", async () => {
  await using pbx = await serve((_, response) => json(response, 200, callPark));
  const attempt = createCallParkClient({ baseUrl: pbx.url, token: "t" }).callPark.update({ enabled: false });
  await expect(attempt).rejects.toMatchObject({ name: "ReadOnlyError" });
});
