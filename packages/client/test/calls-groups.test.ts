import { createCallParkClient, UnexpectedAnswerError } from "@callpark/client";
import type { CallParkGroup, CallParkGroupWrite } from "@callpark/types";
import { expect, test } from "vitest";
import { json, serve, type TestServer } from "./server.ts";

const client = (baseUrl: string) => createCallParkClient({ baseUrl, token: "t", write: true });
const groupAt = (index: number): CallParkGroup => ({
  id: `id${index}`,
  name: `Group ${index}`,
  recall_to: "USER_ONLY",
  ring_group_id: null,
});
const groups = Array.from({ length: 5 }, (_, index) => groupAt(index));
const names = async (list: AsyncIterable<{ name: string }>) => {
  const found: string[] = [];
  for await (const { name } of list) found.push(name);
  return found;
};
/** Pages over the groups, counting as told. */
const paging = (count: number, most = 100): Promise<TestServer> =>
  serve(({ url }, response) => {
    const query = new URL(url ?? "", "http://pbx").searchParams;
    const skip = Number(query.get("skip"));
    json(response, 200, { count, items: groups.slice(skip, skip + Math.min(most, Number(query.get("top")))) });
  });
const paths = ({ requests }: TestServer) => requests.map(({ path }) => path.replace("/api/call_park_groups", ""));
const all = groups.map(({ name }) => name);

test("list goes through every page", async () => {
  await using pbx = await paging(5);
  expect(await names(client(pbx.url).callPark.groups.list({ pageSize: 2 }))).toEqual(all);
  expect(paths(pbx)).toEqual(["?skip=0&top=2", "?skip=2&top=2", "?skip=4&top=2"]);
});

test("list asks for the largest page that the PBX allows, and passes on what to look for", async () => {
  await using pbx = await paging(5);
  const { list } = client(pbx.url).callPark.groups;
  expect(await names(list())).toEqual(all);
  expect(await names(list({ search: "a b", filter: "x", orderby: "name" }))).toEqual(all);
  expect(paths(pbx)).toEqual(["?skip=0&top=100", "?search=a+b&filter=x&orderby=name&skip=0&top=100"]);
});

test("list asks for no page that nobody wants", async () => {
  await using pbx = await paging(5);
  for await (const { name } of client(pbx.url).callPark.groups.list({ pageSize: 2 })) {
    expect(name).toBe("Group 0");
    break;
  }
  expect(pbx.requests).toHaveLength(1);
});

test.each([
  ["too many", 9, 100, ["?skip=0&top=2", "?skip=2&top=2", "?skip=4&top=2", "?skip=5&top=2"]],
  ["too few", 1, 100, ["?skip=0&top=2", "?skip=2&top=2", "?skip=4&top=2", "?skip=5&top=2"]],
  ["right, and pages shorter than asked for", 5, 1, [0, 1, 2, 3, 4].map((skip) => `?skip=${skip}&top=2`)],
])("list ends, with every item, where the PBX counts %s", async (_, count, most, wanted) => {
  await using pbx = await paging(count, most);
  expect(await names(client(pbx.url).callPark.groups.list({ pageSize: 2 }))).toEqual(all);
  expect(paths(pbx)).toEqual(wanted);
});

test("list ends where the PBX answers with the same page for ever", async () => {
  await using pbx = await serve((_, response) => json(response, 200, { count: 1e9, items: groups.slice(0, 2) }));
  const attempt = names(client(pbx.url).callPark.groups.list());
  await expect(attempt).rejects.toThrow("Not a documented answer (it is the page before): GET /call_park_groups");
  expect(pbx.requests).toHaveLength(2);
});

test("list says so where a page has no items", async () => {
  await using pbx = await serve((_, response) => json(response, 200, { count: 2 }));
  const attempt = names(client(pbx.url).callPark.groups.list());
  await expect(attempt).rejects.toThrow(UnexpectedAnswerError);
  await expect(attempt).rejects.toThrow("Not a documented answer (it has no items): GET /call_park_groups");
});

test("list throws the PBX's refusal, and ends where it is aborted between pages", async () => {
  await using refusing = await serve((_, response) => json(response, 403, { errors: [{ code: "NO", message: "no" }] }));
  await expect(names(client(refusing.url).callPark.groups.list())).rejects.toMatchObject({
    name: "RefusedError",
    status: 403,
  });
  await using pbx = await paging(5);
  const controller = new AbortController();
  const list = client(pbx.url).callPark.groups.list({ pageSize: 1, signal: controller.signal });
  await list.next();
  controller.abort(new Error("enough"));
  await expect(list.next()).rejects.toThrow("enough");
  expect(pbx.requests).toHaveLength(1);
});

test("each call sends what it says, to where it says", async () => {
  const body: CallParkGroupWrite = { name: "Front desk", recall_to: "RING_GROUP_ONLY", ring_group_id: "r" };
  const member = { id: "m", name: "ann", display_name: "Ann", extension_number: "1001" };
  const answers: [number, unknown][] = [
    [200, groups[0]],
    [201, { id: "new" }],
    [200, undefined],
    [204, undefined],
    [200, { items: [member] }],
    [200, undefined],
    [204, undefined],
  ];
  await using pbx = await serve((_, response) => {
    const [status, value] = answers.shift() ?? [500, undefined];
    if (value === undefined) response.writeHead(status).end();
    else json(response, status, value);
  });
  const { show, create, update, destroy, members } = client(pbx.url).callPark.groups;
  expect((await show("a/b")).data).toEqual(groups[0]);
  expect((await create(body)).data).toEqual({ id: "new" });
  expect((await update("a", body)).response.status).toBe(200);
  expect((await destroy("a")).response.status).toBe(204);
  expect((await members.list("a")).data).toEqual({ items: [member] });
  expect((await members.add("a", "1001")).response.status).toBe(200);
  expect((await members.remove("a", "1001")).response.status).toBe(204);
  const sent = JSON.stringify(body);
  expect(pbx.requests.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
    "GET /api/call_park_groups/a%2Fb ",
    `POST /api/call_park_groups ${sent}`,
    `POST /api/call_park_groups/a ${sent}`,
    "POST /api/call_park_groups/a/destroy ",
    "GET /api/call_park_groups/a/members ",
    "POST /api/call_park_groups/a/members/1001 ",
    "POST /api/call_park_groups/a/members/1001/destroy ",
  ]);
});

test("tenants are listed page after page, and switched to by id, by a client that only reads", async () => {
  const tenants = ["a", "b", "c"].map((id) => ({ id, name: id, domain: `${id}.example.com`, enabled: true }));
  await using pbx = await serve(({ method, url }, response) => {
    const skip = Number(new URL(url ?? "", "http://pbx").searchParams.get("skip"));
    if (method === "POST") response.writeHead(200).end();
    else json(response, 200, { count: 3, items: tenants.slice(skip, skip + 2) });
  });
  const reader = createCallParkClient({ baseUrl: pbx.url, token: "t" });
  expect(await names(reader.tenants.list({ pageSize: 2 }))).toEqual(["a", "b", "c"]);
  const { error, response } = await reader.tenants.switchTo("b&c");
  expect([error, response.status]).toEqual([undefined, 200]);
  expect(pbx.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /api/tenants?skip=0&top=2",
    "GET /api/tenants?skip=2&top=2",
    "POST /api/tenants/switch?id=b%26c",
  ]);
});
