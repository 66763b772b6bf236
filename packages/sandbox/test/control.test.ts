import { expect, test } from "vitest";
import { listFaults } from "../src/behaviours/index.ts";
import type { Sandbox, SandboxOptions } from "../src/index.ts";
import { CallError } from "../src/index.ts";
import { send, start, tokenOf } from "./support.ts";

const open = async (options: SandboxOptions = {}) => {
  const pbx = await start({ control: true, ...options });
  const { url, token } = pbx.control ?? { url: "", token: "" };
  const call = async (method: string, path: string, body?: unknown, by = token) => {
    const headers = { Authorization: `Bearer ${by}` };
    const answer = await fetch(url + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  return { pbx, call };
};

const recallTime = async (pbx: Sandbox) =>
  (await send(pbx, "GET", "/call_park", { token: await tokenOf(pbx) })).body.recall_time;

const change = async (pbx: Sandbox, json: unknown) => {
  expect((await send(pbx, "POST", "/call_park", { token: await tokenOf(pbx), json })).status).toBe(200);
};

test("the control API is not there unless it is asked for", async () => {
  const pbx = await start();
  expect(pbx.control).toBeUndefined();
  expect((await fetch(`${pbx.url}/_sandbox/reset`, { method: "POST" })).status).toBe(404);
});

test("it takes its own token alone", async () => {
  const { pbx, call } = await open();
  expect(pbx.control?.url).toBe(`${pbx.url}/_sandbox`);
  for (const token of ["wrong", "", await tokenOf(pbx)])
    expect((await call("POST", "/reset", undefined, token)).status).toBe(401);
  expect((await fetch(`${pbx.control?.url}/requests`)).status).toBe(401);
  expect((await send(pbx, "GET", "/call_park", { token: String(pbx.control?.token) })).status).toBe(401);
  expect((await call("GET", "/nothing")).status).toBe(404);
  expect((await call("GET", "/reset")).status).toBe(404);
});

test("a reset makes it what it was at the start, and ends every session", async () => {
  const { pbx, call } = await open();
  await change(pbx, { recall_time: 77 });
  const token = await tokenOf(pbx);
  const before = pbx.tenants;
  expect((await call("POST", "/reset")).status).toBe(204);
  expect((await send(pbx, "GET", "/call_park", { token })).status).toBe(401);
  expect(await recallTime(pbx)).toBe(300);
  expect(pbx.tenants.map(({ domain }) => domain)).toEqual(before.map(({ domain }) => domain));
  expect(pbx.tenants).not.toEqual(before);
});

const seed = {
  tenants: [
    {
      name: "Initech",
      domain: "initech.example",
      users: [{ username: "bill", password: "initech-park-1" }],
      numbers: [
        { extension_number: "301", type: "EXTENSION", name: "peter" },
        { extension_number: "600", type: "RING_GROUP", name: "Cubicles" },
      ],
      groups: [{ name: "Office", recall_to: "RING_GROUP_ONLY", ring_group: "600", members: ["301"] }],
      call_park: { enabled: true, recall_to: "RING_GROUP_ONLY", ring_group: "600", recall_time: 90 },
    },
  ],
} as const;

test("a seed fills it anew, from the API, from code and at the start", async () => {
  const { pbx, call } = await open();
  const check = async (one: Sandbox) => {
    expect(one.accounts.map(({ username, domain }) => [username, domain])).toEqual([
      ["admin", null],
      ["bill", "initech.example"],
    ]);
    const token = await tokenOf(one, { username: "bill", domain: "initech.example" });
    const settings = (await send(one, "GET", "/call_park", { token })).body;
    expect(settings).toMatchObject({ recall_to: "RING_GROUP_ONLY", recall_time: 90, recall_ring_group_time: 300 });
    const group = (await send(one, "GET", `/ring_groups/${settings.ring_group_id}`, { token })).body;
    expect(group).toMatchObject({ name: "Cubicles", extension_number: "600" });
    const [office] = (await send(one, "GET", "/call_park_groups", { token })).body.items;
    expect(office).toMatchObject({ name: "Office", ring_group_id: settings.ring_group_id });
    const { items } = (await send(one, "GET", `/call_park_groups/${office.id}/members`, { token })).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(["peter"]);
  };
  expect(await call("POST", "/seed", seed)).toEqual({ status: 204, body: undefined });
  await check(pbx);
  await check(await start({ seed }));
  pbx.controls.reset();
  expect(pbx.tenants.map(({ name }) => name)).toEqual(["Acme", "Globex"]);
  pbx.controls.seed(seed);
  await check(pbx);
});

test("a seed that breaks rules is refused, names each of them, and changes nothing", async () => {
  const { pbx, call } = await open();
  const refused = async (tenant: object) => {
    const { status, body } = await call("POST", "/seed", { tenants: [{ ...seed.tenants[0], ...tenant }] });
    expect(status).toBe(400);
    return body.errors.map(({ message }: { message: string }) => message);
  };
  expect(await refused({ name: 7, colour: "red" })).toEqual([
    "tenants[0].colour is not known here: there are name, domain, users, website, timezone, currency, region, enabled, numbers, groups, call_park, prompt",
    "tenants[0].name must be text",
  ]);
  expect(await refused({ users: [{ username: "bill" }] })).toEqual(["tenants[0].users[0].password is missing"]);
  expect(await refused({ numbers: {}, groups: [] })).toEqual(["tenants[0].numbers must be a list"]);
  expect(await refused({ call_park: { recall_time: 901 }, groups: [] })).toEqual([
    "tenants[0].call_park.recall_time must be at most 900",
  ]);
  expect(await refused({ call_park: { recall_to: "RING_GROUP_ONLY" }, groups: [] })).toEqual([
    "tenants[0].call_park.ring_group must be present",
  ]);
  expect(await refused({ call_park: { extension_number: "301" } })).toEqual([
    "tenants[0].call_park.extension_number must be free, and 301 belongs to peter",
  ]);
  const twice = [
    { name: "One", members: ["301"] },
    { name: "One", members: ["301", "302"], ring_group: "301" },
  ];
  expect(await refused({ groups: twice })).toEqual([
    "tenants[0].groups[1].name is One, which another one has",
    "tenants[0].groups[1].ring_group is 301: no ring group of the tenant has this number",
    "tenants[0].groups[1].members has 302: no extension of the tenant has this number",
    "tenants[0].groups have 301 twice: a user is in one group at most",
  ]);
  expect((await call("POST", "/seed")).body.errors[0].message).toBe("It must be an object");
  expect((await call("POST", "/seed", [])).body.errors[0].message).toBe("It must be an object");
  expect((await call("POST", "/seed", { tenants: [] })).body.errors[0].message).toBe(
    "tenants is empty: a PBX has one tenant or more",
  );
  expect(pbx.tenants.map(({ name }) => name)).toEqual(["Acme", "Globex"]);
});

test("the clock goes forward: tokens end, and uploads too", async () => {
  const { pbx, call } = await open({ tokenLifetime: 60 });
  const token = await tokenOf(pbx);
  const before = pbx.controls.now().getTime();
  const { status, body } = await call("POST", "/clock", { forward: 59 });
  expect([status, Math.floor((Date.parse(body.now) - before) / 1000)]).toEqual([200, 59]);
  expect((await send(pbx, "GET", "/call_park", { token })).status).toBe(200);
  pbx.controls.forward(1);
  expect((await send(pbx, "GET", "/call_park", { token })).status).toBe(401);
  for (const forward of [-1, 1e9, "soon", null])
    expect([forward, (await call("POST", "/clock", { forward })).status]).toEqual([forward, 400]);
});

test("the request log tells of requests, without queries and tokens", async () => {
  const { pbx, call } = await open();
  const token = await tokenOf(pbx);
  await send(pbx, "GET", "/call_park", { token });
  await send(pbx, "GET", "/info?domain=acme.example");
  const { items } = (await call("GET", "/requests")).body;
  expect(items).toEqual([
    expect.objectContaining({ method: "GET", path: "/api/call_park", status: 200, authorization: "Bearer ***" }),
    expect.objectContaining({ method: "GET", path: "/api/info", status: 200, authorization: null }),
  ]);
  expect(JSON.stringify(items)).not.toContain(token);
  expect(pbx.controls.requests().length).toBe(3);
});

test("the log keeps the last thousand requests", async () => {
  const pbx = await start({ listen: false });
  for (let count = 0; count < 2100; count += 1) await pbx.fetch(`/api/${count}`);
  const requests = pbx.controls.requests();
  expect([requests.length, requests[0]?.path, requests.at(-1)?.path]).toEqual([1000, "/api/1100", "/api/2099"]);
});

test("faults and variants are listed, and an unknown one is refused by name", async () => {
  const { pbx, call } = await open();
  for (const kind of ["faults", "variants"] as const) {
    expect((await call("GET", `/${kind}`)).body.items).toEqual(await pbx.controls.list(kind));
    for (const path of [`/${kind}/nonsense`, `/${kind}/nonsense/destroy`]) {
      const { status, body } = await call("POST", path);
      expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining("nonsense")]);
    }
  }
  expect((await pbx.controls.list("faults")).map(({ id }) => id)).toEqual(listFaults().map(({ id }) => id));
});

test("a made-up call is recalled as the settings say, on the clock of the PBX", async () => {
  const { pbx, call } = await open();
  const token = await tokenOf(pbx);
  const ring_group_id = (await send(pbx, "GET", "/ring_groups", { token })).body.items[0].id;
  await change(pbx, {
    recall_to: "USER_FIRST_THEN_RING_GROUP",
    ring_group_id,
    recall_time: 60,
    recall_ring_group_time: 90,
  });
  const parked = await call("POST", "/calls", { domain: "acme.example", parker: "1002" });
  const { id } = parked.body;
  expect([parked.status, parked.body]).toEqual([
    201,
    {
      id,
      domain: "acme.example",
      parker: "1002",
      seconds: 0,
      events: [{ at: 0, what: "parked" }],
      next: { at: 60, what: "recalled to user", attempt: 1 },
    },
  ]);
  // A call goes by the settings with which it was parked.
  await change(pbx, { recall_time: 900 });
  await call("POST", "/clock", { forward: 61 });
  expect((await call("GET", `/calls/${id}`)).body).toMatchObject({
    events: [{ at: 0 }, { at: 60, what: "recalled to user" }],
    next: { at: 150, what: "recalled to ring group", ring_group_id },
  });
  await call("POST", "/clock", { forward: 89 });
  expect((await call("GET", `/calls/${id}`)).body.next).toBe(null);
  expect(pbx.controls.calls.list().map(({ events }) => events.length)).toEqual([3]);
  expect((await call("GET", "/calls")).body.items.length).toBe(1);
});

test("a made-up call that is picked up is recalled no more", async () => {
  const { pbx, call } = await open();
  const { id } = pbx.controls.calls.park();
  pbx.controls.forward(310);
  const picked = (await call("POST", `/calls/${id}/pick_up`)).body;
  expect([picked.events.map(({ what }: { what: string }) => what), picked.next]).toEqual([
    ["parked", "recalled to user", "picked up"],
    null,
  ]);
  pbx.controls.forward(1000);
  expect(pbx.controls.calls.show(id)?.events.length).toBe(3);
  expect((await call("GET", "/calls/bm9uZQ")).status).toBe(404);
  expect((await call("POST", "/calls/bm9uZQ/pick_up")).status).toBe(404);
});

test("a user who never answers is tried for a day at the most", async () => {
  const { pbx } = await open();
  const { id } = pbx.controls.calls.park();
  pbx.controls.forward(7 * 86_400);
  const call = pbx.controls.calls.show(id);
  expect([call?.seconds, call?.events.at(-1)?.at]).toEqual([86_400, 86_400]);
});

test("a call that cannot be parked is refused in words", async () => {
  const { pbx, call } = await open();
  const why = async (where: object) => {
    const { status, body } = await call("POST", "/calls", where);
    return [status, body.errors[0].message];
  };
  expect(await why({ domain: "nowhere.example" })).toEqual([400, "No tenant has the domain nowhere.example"]);
  expect(await why({ parker: "6000" })).toEqual([400, "No extension of Acme has the number 6000"]);
  expect(await why({ domain: {} })).toEqual([400, "domain must be text"]);
  await change(pbx, { enabled: false });
  expect(await why({})).toEqual([400, "Call park of Acme is off: set enabled to true first"]);
  expect(() => pbx.controls.calls.park()).toThrow(CallError);
});
