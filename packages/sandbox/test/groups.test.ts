import { expect, test } from "vitest";
import { fieldsOf, globex, send, start, tokenOf } from "./support.ts";

const open = async () => {
  const pbx = await start();
  const token = await tokenOf(pbx);
  const call = (method: string, path: string, json?: unknown) =>
    send(pbx, method, `/call_park_groups${path}`, { token, ...(json === undefined ? {} : { json }) });
  const create = async (name: string): Promise<string> =>
    (await call("POST", "", { name, recall_to: "USER_ONLY" })).body.id;
  const members = async (id: string): Promise<string[]> =>
    (await call("GET", `/${id}/members`)).body.items.map((item: { extension_number: string }) => item.extension_number);
  for (const { id } of (await call("GET", "")).body.items) await call("POST", `/${id}/destroy`);
  return { pbx, token, call, create, members };
};

test("the first tenant comes with a group", async () => {
  const pbx = await start();
  const { body } = await send(pbx, "GET", "/call_park_groups", { token: await tokenOf(pbx) });
  const id = body.items[0].id;
  expect(body).toEqual({ count: 1, items: [{ id, name: "Sales", recall_to: "USER_ONLY", ring_group_id: null }] });
});

test("a group is created, listed, shown, changed and deleted", async () => {
  const { pbx, token, call } = await open();
  const ring_group_id = (await send(pbx, "GET", "/ring_groups", { token })).body.items[0].id;
  const warehouse = { name: "Warehouse", recall_to: "RING_GROUP_ONLY", ring_group_id };
  const created = await call("POST", "", warehouse);
  expect(created.status).toBe(201);
  const { id } = created.body;
  expect((await call("GET", "")).body).toEqual({ count: 1, items: [{ id, ...warehouse }] });
  expect((await call("GET", `/${id}`)).body).toEqual({ id, ...warehouse });

  expect((await call("POST", `/${id}`, { name: "Office", recall_to: "USER_ONLY" })).status).toBe(200);
  const office = { id, name: "Office", recall_to: "USER_ONLY", ring_group_id: null };
  expect((await call("GET", `/${id}`)).body).toEqual(office);

  expect((await call("POST", `/${id}/destroy`)).status).toBe(204);
  expect((await call("GET", `/${id}`)).status).toBe(404);
  expect((await call("POST", `/${id}/destroy`)).status).toBe(404);
  expect((await call("GET", "")).body).toEqual({ count: 0, items: [] });
});

test.each([
  [{}, ["name", "recall_to"]],
  [{ name: "", recall_to: "USER_ONLY" }, ["name"]],
  [{ name: "x".repeat(65), recall_to: "USER_ONLY" }, ["name"]],
  [{ name: "Office", recall_to: "RING_GROUP_ONLY" }, ["ring_group_id"]],
  [{ name: "Office", recall_to: "RING_GROUP_ONLY", ring_group_id: "bm9uZQ" }, ["ring_group_id"]],
  [{ name: "Taken", recall_to: "USER_ONLY" }, ["name"]],
])("a group cannot be %j", async (group, fields) => {
  const { call, create } = await open();
  await create("Taken");
  expect(fieldsOf(await call("POST", "", group)).sort()).toEqual(fields);
  expect((await call("GET", "")).body.count).toBe(1);
});

test("a group keeps its own name, and cannot take another's", async () => {
  const { call, create } = await open();
  const id = await create("Office");
  await create("Warehouse");
  expect((await call("POST", `/${id}`, { name: "Office", recall_to: "USER_ONLY" })).status).toBe(200);
  expect(fieldsOf(await call("POST", `/${id}`, { name: "Warehouse", recall_to: "USER_ONLY" }))).toEqual(["name"]);
});

test("members come and go", async () => {
  const { call, create, members } = await open();
  const id = await create("Office");
  expect((await call("POST", `/${id}/members/1002`)).status).toBe(200);
  expect((await call("POST", `/${id}/members/1001`)).status).toBe(200);
  expect((await call("POST", `/${id}/members/1001`)).status).toBe(200);
  expect(await members(id)).toEqual(["1001", "1002"]);
  expect((await call("POST", `/${id}/members/1001/destroy`)).status).toBe(204);
  expect((await call("POST", `/${id}/members/1001/destroy`)).status).toBe(404);
  expect(await members(id)).toEqual(["1002"]);
});

test("a user is in at most one group, and free again when it is deleted", async () => {
  const { call, create } = await open();
  const [one, other] = [await create("One"), await create("Other")];
  await call("POST", `/${one}/members/1001`);
  expect(fieldsOf(await call("POST", `/${other}/members/1001`))).toEqual(["extension_number"]);
  await call("POST", `/${one}/destroy`);
  expect((await call("POST", `/${other}/members/1001`)).status).toBe(200);
});

test("only users of the tenant can be members", async () => {
  const { call, create } = await open();
  const id = await create("Office");
  for (const number of ["6000", "2001", "999"])
    expect((await call("POST", `/${id}/members/${number}`)).status).toBe(404);
  expect(fieldsOf(await call("POST", `/${id}/members/1`))).toEqual(["extension_number"]);
});

test("a group is none to another tenant, which may use its name", async () => {
  const { pbx, call, create, members } = await open();
  const id = await create("Office");
  await call("POST", `/${id}/members/1001`);
  const token = await tokenOf(pbx, globex);
  const json = { name: "Office", recall_to: "USER_ONLY" };
  for (const [method, path] of [
    ["GET", ""],
    ["POST", "/destroy"],
    ["GET", "/members"],
    ["POST", "/members/2001"],
    ["POST", "/members/1001/destroy"],
  ] as const)
    expect((await send(pbx, method, `/call_park_groups/${id}${path}`, { token })).status).toBe(404);
  expect((await send(pbx, "POST", `/call_park_groups/${id}`, { token, json })).status).toBe(404);
  expect((await send(pbx, "POST", "/call_park_groups", { token, json })).status).toBe(201);
  expect(await members(id)).toEqual(["1001"]);
});
