import type { CallPark } from "@callpark/types";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../src/index.ts";
import { acme, fieldsOf, globex, send, start, tokenOf } from "./support.ts";

const open = async (options: Parameters<typeof start>[0] = {}) => {
  const pbx = await start(options);
  const token = await tokenOf(pbx);
  const show = async (): Promise<CallPark> => (await send(pbx, "GET", "/call_park", { token })).body;
  const update = (json: unknown) => send(pbx, "POST", "/call_park", { token, json });
  const ringGroup = async (): Promise<string> => (await send(pbx, "GET", "/ring_groups", { token })).body.items[0].id;
  return { pbx, token, show, update, ringGroup };
};

const settings = {
  enabled: true,
  extension_number: "666",
  recall_to: "USER_ONLY",
  recall_time: 300,
  recall_ring_group_time: 300,
  ring_group_id: null,
  send_notification_to_parker: false,
};

test("a new PBX has the documented defaults, and null where nothing is set", async () => {
  const pbx = await start();
  const token = await tokenOf(pbx, globex);
  expect((await send(pbx, "GET", "/call_park", { token })).body).toEqual({
    ...settings,
    prompt_file_name: null,
    prompt_file_size: null,
    prompt_file_url: null,
  });
});

test("an update answers with 200 and nothing, and the next GET shows it", async () => {
  const { show, update, ringGroup } = await open();
  const ring_group_id = await ringGroup();
  const before = await show();
  const change = {
    enabled: false,
    extension_number: "555",
    recall_to: "RING_GROUP_ONLY",
    recall_time: 60,
    recall_ring_group_time: 900,
    ring_group_id,
    send_notification_to_parker: true,
  };
  const reply = await update(change);
  expect([reply.status, reply.headers.get("content-length"), reply.headers.get("content-type")]).toEqual([
    200,
    "0",
    null,
  ]);
  expect(await show()).toEqual({ ...before, ...change });
});

describe("what an update may not be", () => {
  test.each([
    [{ recall_time: 59 }, ["recall_time"]],
    [{ recall_time: 901 }, ["recall_time"]],
    [{ recall_time: 60.5 }, ["recall_time"]],
    [{ recall_time: "300" }, ["recall_time"]],
    [{ recall_time: null }, ["recall_time"]],
    [{ recall_ring_group_time: 59 }, ["recall_ring_group_time"]],
    [{ recall_ring_group_time: 901 }, ["recall_ring_group_time"]],
    [{ recall_time: 1, recall_ring_group_time: 1 }, ["recall_time", "recall_ring_group_time"]],
    [{ enabled: "yes" }, ["enabled"]],
    [{ enabled: null }, ["enabled"]],
    [{ extension_number: "66" }, ["extension_number"]],
    [{ extension_number: "6".repeat(65) }, ["extension_number"]],
    [{ extension_number: "66a" }, ["extension_number"]],
    [{ extension_number: "666\n" }, ["extension_number"]],
    [{ extension_number: 666 }, ["extension_number"]],
    [{ recall_to: "NOBODY" }, ["recall_to"]],
    [{ recall_to: null }, ["recall_to"]],
    [{ recall_to: "RING_GROUP_ONLY" }, ["ring_group_id"]],
    [{ recall_to: "USER_FIRST_THEN_RING_GROUP", ring_group_id: null }, ["ring_group_id"]],
    [{ recall_to: "RING_GROUP_ONLY", ring_group_id: "bm9ib2R5" }, ["ring_group_id"]],
    [{ prompt_file_id: "bm9ib2R5" }, ["prompt_file_id"]],
    [{ send_notification_to_parker: 1 }, ["send_notification_to_parker"]],
    [{ extension_number: "1001" }, ["extension_number"]],
    [{ extension_number: "6000" }, ["extension_number"]],
    [{ extension_number: "7000" }, ["extension_number"]],
    [[], [""]],
    ["666", [""]],
    [null, [""]],
  ])("%j", async (change, fields) => {
    const { show, update } = await open();
    const before = await show();
    expect([...new Set(fieldsOf(await update(change)))]).toEqual(fields);
    expect(await show()).toEqual(before);
  });

  test("a body that is no JSON", async () => {
    const { pbx, token } = await open();
    const headers = { "Content-Type": "application/json" };
    const reply = await send(pbx, "POST", "/call_park", { token, headers, bytes: '{"recall_time":' });
    expect([reply.status, reply.body]).toEqual([
      400,
      { errors: [{ code: "VALIDATE_FAILED", message: "The body is not valid JSON", detail: { field: "" } }] },
    ]);
  });

  test("a body that is not UTF-8", async () => {
    const { pbx, token } = await open();
    const headers = { "Content-Type": "application/json" };
    const reply = await send(pbx, "POST", "/call_park", { token, headers, bytes: new Uint8Array([0x22, 0xff, 0x22]) });
    expect(reply.body.errors[0].message).toBe("The body is not valid UTF-8");
  });

  test.each(["text/plain", "application/x-www-form-urlencoded"])("a body of the type %s", async (type) => {
    const { pbx, token } = await open();
    const extra = { token, headers: { "Content-Type": type }, bytes: '{"recall_time":120}' };
    expect((await send(pbx, "POST", "/call_park", extra)).status).toBe(415);
  });

  test("a body beyond the limit, which does not end the connection unanswered", async () => {
    const { pbx, token } = await open();
    const bytes = Buffer.alloc(16 * 1024 * 1024 + 1, 0x20);
    const headers = { "Content-Type": "application/json" };
    expect((await send(pbx, "POST", "/call_park", { token, headers, bytes })).status).toBe(413);
    expect((await send(pbx, "GET", "/call_park", { token })).status).toBe(200);
  });

  test("one that holds on its own and not with what is stored", async () => {
    const { show, update, ringGroup } = await open();
    await update({ recall_to: "RING_GROUP_ONLY", ring_group_id: await ringGroup() });
    const before = await show();
    expect(fieldsOf(await update({ ring_group_id: null }))).toEqual(["ring_group_id"]);
    expect(fieldsOf(await update({ ring_group_id: "bm9ib2R5" }))).toEqual(["ring_group_id"]);
    expect(await show()).toEqual(before);
  });
});

test("blank fields are taken as null", async () => {
  const { show, update } = await open();
  const blank = { extension_number: null, ring_group_id: null };
  expect((await update({ ...blank, prompt_file_id: null })).status).toBe(200);
  expect(await show()).toMatchObject({
    ...blank,
    prompt_file_name: null,
    prompt_file_size: null,
    prompt_file_url: null,
  });
});

test("merge keeps the fields left out", async () => {
  const { show, update } = await open({ semantics: "merge" });
  const before = await show();
  await update({ recall_time: 120 });
  expect(await show()).toEqual({ ...before, recall_time: 120 });
});

test("replace sets the fields left out back to their defaults, the prompt too", async () => {
  const { show, update } = await open({ semantics: "replace" });
  await update({ enabled: true, extension_number: "555", recall_ring_group_time: 60 });
  await update({ recall_time: 120 });
  expect(await show()).toEqual({
    ...settings,
    enabled: false,
    recall_time: 120,
    prompt_file_name: null,
    prompt_file_size: null,
    prompt_file_url: null,
  });
});

describe("two tenants", () => {
  const ringGroupOf = async (pbx: Sandbox, token: string) =>
    (await send(pbx, "GET", "/ring_groups", { token })).body.items[0].id;

  test("one's update is not seen by the other", async () => {
    const pbx = await start();
    const [one, other] = [await tokenOf(pbx, acme), await tokenOf(pbx, globex)];
    const before = (await send(pbx, "GET", "/call_park", { token: other })).body;
    await send(pbx, "POST", "/call_park", { token: one, json: { recall_time: 61 } });
    expect((await send(pbx, "GET", "/call_park", { token: other })).body).toEqual(before);
  });

  test("the ring group of one is none to the other", async () => {
    const pbx = await start();
    const [token, other] = [await tokenOf(pbx, acme), await tokenOf(pbx, globex)];
    const json = { recall_to: "RING_GROUP_ONLY", ring_group_id: await ringGroupOf(pbx, other) };
    expect(fieldsOf(await send(pbx, "POST", "/call_park", { token, json }))).toEqual(["ring_group_id"]);
    expect((await send(pbx, "GET", `/ring_groups/${json.ring_group_id}`, { token })).status).toBe(404);
  });

  test("an extension of one is free in the other", async () => {
    const pbx = await start();
    const token = await tokenOf(pbx, globex);
    const reply = await send(pbx, "POST", "/call_park", { token, json: { extension_number: "1001" } });
    expect(reply.status).toBe(200);
  });
});
