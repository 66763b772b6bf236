import { expect, test } from "vitest";
import { send, start, system, tokenOf } from "./support.ts";

test("as many tenants as are asked for, each with its own settings and users", async () => {
  const pbx = await start({ tenants: 250 });
  expect(pbx.tenants.length).toBe(250);
  expect(pbx.tenants.slice(0, 3).map(({ name, domain }) => [name, domain])).toEqual([
    ["Acme", "acme.example"],
    ["Globex", "globex.example"],
    ["Tenant 3", "tenant-3.example"],
  ]);
  const json = { username: "admin", password: "tenant-250-park-1", domain: "tenant-250.example" };
  const { body } = await send(pbx, "POST", "/auth/sign_in", { json });
  const change = { recall_time: 77 };
  await send(pbx, "POST", "/call_park", { token: body.access_token, json: change });
  const show = async (domain: string) => {
    const token = await tokenOf(pbx, { username: "admin", domain });
    return (await send(pbx, "GET", "/call_park", { token })).body.recall_time;
  };
  expect([await show("tenant-250.example"), await show("tenant-249.example")]).toEqual([77, 300]);
});

test("one tenant alone", async () => {
  const pbx = await start({ tenants: 1 });
  expect(pbx.tenants.map(({ domain }) => domain)).toEqual(["acme.example"]);
});

test("the system administrator pages through them", async () => {
  const pbx = await start({ tenants: 250 });
  const token = await tokenOf(pbx, system);
  const page = async (query: string) => (await send(pbx, "GET", `/tenants${query}`, { token })).body;
  const seen: string[] = [];
  for (const skip of [0, 100, 200]) {
    const { count, items } = await page(`?skip=${skip}`);
    expect(count).toBe(250);
    seen.push(...items.map(({ domain }: { domain: string }) => domain));
  }
  expect(seen).toEqual(pbx.tenants.map(({ domain }) => domain));
  expect((await page("?search=Tenant%20117")).items[0].domain).toBe("tenant-117.example");
});
