import { expect, test } from "vitest";
import { fieldsOf, send, start, tokenOf } from "./support.ts";

test.each([
  "/",
  "/call_park/",
  "/call_park/1",
  "/callpark",
  "/%63all_park",
  "/call_park_groups/%E0%A4%A",
  "/../api/nothing",
])("%s is no path", async (path) => {
  const pbx = await start();
  const reply = await send(pbx, "GET", path, { token: await tokenOf(pbx) });
  expect([reply.status, reply.body.errors[0].code]).toEqual([404, "UNKNOWN"]);
});

test("the API is under /api only", async () => {
  const pbx = await start();
  expect(pbx.apiUrl).toBe(`${pbx.url}/api`);
  expect((await fetch(`${pbx.url}/call_park`)).status).toBe(404);
});

test.each([
  ["PUT", "/call_park", "GET, POST"],
  ["PATCH", "/call_park", "GET, POST"],
  ["DELETE", "/call_park", "GET, POST"],
  ["OPTIONS", "/call_park", "GET, POST"],
  ["POST", "/ring_groups", "GET"],
  ["GET", "/auth/sign_in", "POST"],
  ["GET", "/blobs/uploads", "POST"],
])("%s %s is not allowed, and the answer says what is", async (method, path, allow) => {
  const pbx = await start();
  const reply = await send(pbx, method, path, { token: await tokenOf(pbx) });
  expect([reply.status, reply.headers.get("allow"), reply.body.errors[0].code]).toEqual([405, allow, "UNKNOWN"]);
});

test("info needs no token, and tells of the tenant asked for", async () => {
  const pbx = await start();
  expect((await send(pbx, "GET", "/info")).body.domain).toBe(null);
  expect((await send(pbx, "GET", "/info?domain=acme.example")).body).toMatchObject({
    name: "Acme",
    domain: "acme.example",
    website: "https://www.acme.example",
  });
  expect((await send(pbx, "GET", "/info?domain=nowhere.example")).status).toBe(404);
});

test("numbers that are taken, and free ones", async () => {
  const pbx = await start();
  const token = await tokenOf(pbx);
  const typeOf = async (number: string) =>
    (await send(pbx, "GET", `/extension_numbers/${number}`, { token })).body?.type;
  expect([await typeOf("1001"), await typeOf("6000"), await typeOf("7000"), await typeOf("8000")]).toEqual([
    "EXTENSION",
    "RING_GROUP",
    "CALL_QUEUE",
    "VIRTUAL_RECEPTIONIST",
  ]);
  expect((await send(pbx, "GET", "/extension_numbers/555", { token })).status).toBe(404);
  expect(fieldsOf(await send(pbx, "GET", "/extension_numbers/55", { token }))).toEqual(["extension_number"]);
  expect(fieldsOf(await send(pbx, "GET", "/extension_numbers/5a5", { token }))).toEqual(["extension_number"]);
});

test("ring groups are listed and shown", async () => {
  const pbx = await start();
  const token = await tokenOf(pbx);
  const { count, items } = (await send(pbx, "GET", "/ring_groups", { token })).body;
  expect([count, items.map(({ name }: { name: string }) => name)]).toEqual([2, ["Reception", "Warehouse"]]);
  expect((await send(pbx, "GET", `/ring_groups/${items[1].id}`, { token })).body).toEqual(items[1]);
});

test("a PBX may have no ring groups", async () => {
  const pbx = await start({ ringGroups: false });
  const token = await tokenOf(pbx);
  expect((await send(pbx, "GET", "/ring_groups", { token })).body).toEqual({ count: 0, items: [] });
  expect((await send(pbx, "GET", "/extension_numbers/6000", { token })).status).toBe(404);
});

test.each([
  ["", 2, ["Reception", "Warehouse"]],
  ["?skip=1", 2, ["Warehouse"]],
  ["?top=1", 2, ["Reception"]],
  ["?skip=0&top=100", 2, ["Reception", "Warehouse"]],
  ["?skip=9", 2, []],
  ["?search=ware", 1, ["Warehouse"]],
  ["?search=6000", 1, ["Reception"]],
  ["?search=nothing", 0, []],
  ["?filter=name%20eq%20'Warehouse'", 1, ["Warehouse"]],
  ["?orderby=name%20desc", 2, ["Warehouse", "Reception"]],
  ["?orderby=extension_number", 2, ["Reception", "Warehouse"]],
])("the list of ring groups with %s", async (query, count, names) => {
  const pbx = await start();
  const { body } = await send(pbx, "GET", `/ring_groups${query}`, { token: await tokenOf(pbx) });
  expect([body.count, body.items.map(({ name }: { name: string }) => name)]).toEqual([count, names]);
});

test.each([
  ["top=0", "top"],
  ["top=101", "top"],
  ["top=ten", "top"],
  ["top=", "top"],
  ["top=1&top=2", "top"],
  ["skip=-1", "skip"],
  ["skip=1.5", "skip"],
  ["filter=name%20is%20long", "filter"],
  ["filter=colour%20eq%20'red'", "filter"],
  ["orderby=colour", "orderby"],
  ["orderby=name%20up", "orderby"],
])("a list with %s is refused", async (query, field) => {
  const pbx = await start();
  expect(fieldsOf(await send(pbx, "GET", `/ring_groups?${query}`, { token: await tokenOf(pbx) }))).toEqual([field]);
});
