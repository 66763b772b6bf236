import { createCallParkClient, InvalidAnswerError } from "@callpark/client";
import { expect, test } from "vitest";
import { json, serve } from "./server.ts";

const message = "The answer breaks the documented schema (/recall_time must be at most 900): GET /call_park";
const settings = {
  enabled: true,
  extension_number: "666",
  recall_to: "USER_ONLY",
  recall_time: 901,
  recall_ring_group_time: 300,
  ring_group_id: null,
  prompt_file_name: null,
  prompt_file_size: null,
  prompt_file_url: null,
  send_notification_to_parker: true,
};
const servePbx = (body: unknown = settings) => serve((_, response) => json(response, 200, body));

test("left out, an answer is passed on as it is", async () => {
  await using pbx = await servePbx();
  expect((await createCallParkClient({ baseUrl: pbx.url }).callPark.get()).data).toEqual(settings);
});

test("report tells, and passes the answer on", async () => {
  await using pbx = await servePbx();
  const found: InvalidAnswerError[] = [];
  const client = createCallParkClient({
    baseUrl: pbx.url,
    validate: "report",
    onInvalidAnswer: (error) => found.push(error),
  });
  expect((await client.callPark.get()).data).toEqual(settings);
  expect(found.map((error) => [error.name, error.message])).toEqual([["InvalidAnswerError", message]]);
  expect(found[0]?.problems).toEqual([
    { pointer: "/recall_time", rule: "maximum", message: "must be at most 900", received: 901 },
  ]);
});

test("reject ends the call", async () => {
  await using pbx = await servePbx();
  const attempt = createCallParkClient({ baseUrl: pbx.url, validate: "reject" }).callPark.get();
  await expect(attempt).rejects.toThrow(InvalidAnswerError);
  await expect(attempt).rejects.toThrow(message);
});

test("an answer that is as documented passes, with what the spec does not know", async () => {
  const good = { ...settings, recall_time: 900, colour: "blue" };
  await using pbx = await servePbx(good);
  expect((await createCallParkClient({ baseUrl: pbx.url, validate: "reject" }).callPark.get()).data).toEqual(good);
});

test("what has no schema, and what the PBX refuses, is not looked at", async () => {
  const refusal = { errors: [{ code: "UNKNOWN", message: "no" }] };
  await using pbx = await serve(({ url }, response) =>
    url?.endsWith("sign_out") ? response.writeHead(200).end() : json(response, 403, refusal),
  );
  const client = createCallParkClient({ baseUrl: pbx.url, validate: "reject" });
  expect((await client.auth.signOut()).response.status).toBe(200);
  expect((await client.callPark.get()).error).toEqual(refusal);
});

test("inspect is asked as well, after the schema", async () => {
  await using pbx = await servePbx({ ...settings, recall_time: 300 });
  const seen: string[] = [];
  const client = createCallParkClient({
    baseUrl: pbx.url,
    validate: "reject",
    inspect: ({ operation }) => {
      seen.push(operation);
      throw new Error("not ours");
    },
  });
  await expect(client.callPark.get()).rejects.toThrow("not ours");
  expect(seen).toEqual(["GET /call_park"]);
});
