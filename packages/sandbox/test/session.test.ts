import { describe, expect, test } from "vitest";
import { acme, ada, fieldsOf, globex, send, start, system, tokenOf } from "./support.ts";

describe("a token that is not good answers 401", () => {
  const envelope = { errors: [{ code: "UNAUTHORIZED", message: "The access token is not valid" }] };
  test.each([
    ["none", {}],
    ["empty", { Authorization: "" }],
    ["no value", { Authorization: "Bearer" }],
    ["empty after Bearer", { Authorization: "Bearer " }],
    ["malformed", { Authorization: "Bearer a b" }],
    ["not ASCII of a token", { Authorization: "Bearer <token>" }],
    ["wrong", { Authorization: "Bearer d3Jvbmc" }],
    ["of another scheme", { Authorization: `Basic ${btoa("nobody:made-up")}` }],
  ])("%s", async (_name, headers) => {
    const pbx = await start();
    for (const method of ["GET", "POST"]) {
      const reply = await send(pbx, method, "/call_park", { headers, ...(method === "POST" ? { json: {} } : {}) });
      expect([reply.status, reply.headers.get("www-authenticate"), reply.body]).toEqual([401, "Bearer", envelope]);
    }
  });

  test("right, but of another scheme", async () => {
    const pbx = await start();
    const headers = { Authorization: `Basic ${await tokenOf(pbx)}` };
    expect((await send(pbx, "GET", "/call_park", { headers })).status).toBe(401);
  });

  test("a refresh token", async () => {
    const pbx = await start();
    const { refreshToken } = await pbx.signIn();
    expect((await send(pbx, "GET", "/call_park", { token: refreshToken })).status).toBe(401);
  });

  test("ended", async () => {
    let now = Date.now();
    const pbx = await start({ tokenLifetime: 60, now: () => now });
    const token = await tokenOf(pbx);
    now += 59_999;
    expect((await send(pbx, "GET", "/call_park", { token })).status).toBe(200);
    now += 1;
    expect((await send(pbx, "GET", "/call_park", { token })).status).toBe(401);
  });
});

test("the scheme may be written in any case", async () => {
  const pbx = await start();
  const headers = { Authorization: `bearer ${await tokenOf(pbx)}` };
  expect((await send(pbx, "GET", "/call_park", { headers })).status).toBe(200);
});

describe("sign-in", () => {
  test("every made-up account signs in and is in its tenant", async () => {
    const pbx = await start({ tokenLifetime: 120 });
    for (const { username, password, domain, tenant } of pbx.accounts.filter(({ twoFactor }) => !twoFactor)) {
      const json = { username, password, ...(domain === null ? {} : { domain }) };
      const { status, body } = await send(pbx, "POST", "/auth/sign_in", { json });
      expect([status, body.token_type, body.expires_in]).toEqual([200, "Bearer", 120]);
      const shown = await send(pbx, "GET", "/tenant", { token: body.access_token });
      if (tenant === null) expect(shown.status).toBe(403);
      else expect([shown.body.name, shown.body.domain]).toEqual([tenant, domain]);
    }
  });

  test.each([
    ["password", { username: "admin", password: "wrong", domain: "acme.example" }],
    ["empty password", { username: "admin", password: "", domain: "acme.example" }],
    ["name", { username: "nobody", password: "acme-park-1", domain: "acme.example" }],
    ["empty password of nobody", { username: "nobody", password: "", domain: "acme.example" }],
    ["domain", { username: "admin", password: "acme-park-1", domain: "globex.example" }],
    ["unknown domain", { username: "admin", password: "acme-park-1", domain: "nowhere.example" }],
    ["missing domain", { username: "admin", password: "acme-park-1" }],
    [
      "domain of nobody for the system administrator",
      { username: "admin", password: "system-park-1", domain: "acme.example" },
    ],
  ])("is refused with a wrong %s", async (_name, json) => {
    const pbx = await start();
    const { status, body } = await send(pbx, "POST", "/auth/sign_in", { json });
    expect([status, body]).toEqual([
      401,
      { errors: [{ code: "UNAUTHORIZED", message: "The name or the password is wrong" }] },
    ]);
  });

  test("of a user with a second factor gives a challenge, whose token lets nobody in", async () => {
    const json = { username: "grace", password: "grace-park-1", domain: "acme.example" };
    const pbx = await start();
    const { status, headers, body } = await send(pbx, "POST", "/auth/sign_in", { json });
    expect([status, headers.get("cache-control"), Object.keys(body)]).toEqual([
      200,
      "no-store",
      ["two_factor_enabled", "token"],
    ]);
    expect(body.two_factor_enabled).toBe(true);
    expect((await send(pbx, "GET", "/call_park", { token: body.token })).status).toBe(401);
    expect((await send(pbx, "POST", "/auth/sign_in", { json: { ...json, password: "wrong" } })).status).toBe(401);

    const old = await start({ version: "22.0" });
    const form = { ...json, grant_type: "password", scope: "all", client_id: "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a" };
    expect((await send(old, "POST", "/login/oauth/token", { form })).body.two_factor_enabled).toBe(true);
  });

  test("into a tenant that is not enabled is refused", async () => {
    const users = [{ username: "admin", password: "closed-park-1" }];
    const pbx = await start({
      seed: { tenants: [{ name: "Closed", domain: "closed.example", enabled: false, users }] },
    });
    const json = { username: "admin", password: "closed-park-1", domain: "closed.example" };
    expect((await send(pbx, "POST", "/auth/sign_in", { json })).status).toBe(401);
  });

  test("names the fields that are missing, and shows no password", async () => {
    const pbx = await start();
    const reply = await send(pbx, "POST", "/auth/sign_in", { json: { password: ["hunter2"] } });
    expect(fieldsOf(reply).sort()).toEqual(["password", "username"]);
    expect(JSON.stringify(reply.body)).not.toContain("hunter2");
  });
});

test("refreshing gives new tokens for the same session and ends the old ones", async () => {
  const pbx = await start();
  const { accessToken, refreshToken } = await pbx.signIn();
  const reply = await send(pbx, "POST", "/auth/refresh_token", { json: { refresh_token: refreshToken } });
  const token = reply.body.access_token;
  expect((await send(pbx, "GET", "/tenant", { token })).body.domain).toBe("acme.example");
  expect((await send(pbx, "GET", "/tenant", { token: accessToken })).status).toBe(401);
  const again = await send(pbx, "POST", "/auth/refresh_token", { json: { refresh_token: refreshToken } });
  expect([again.status, again.body.errors[0].code]).toEqual([401, "UNAUTHORIZED"]);
});

test("a refresh token outlives the access token, and ends too", async () => {
  let now = Date.now();
  const pbx = await start({ tokenLifetime: 10, now: () => now });
  const [first, second] = [await pbx.signIn(), await pbx.signIn()];
  now += 10_000;
  const refresh = (refresh_token: string) => send(pbx, "POST", "/auth/refresh_token", { json: { refresh_token } });
  expect((await refresh(first.refreshToken)).status).toBe(200);
  now += 230_000;
  expect((await refresh(second.refreshToken)).status).toBe(401);
});

test("signing out ends the session and no other", async () => {
  const pbx = await start();
  const [one, other] = [await tokenOf(pbx), await tokenOf(pbx)];
  expect((await send(pbx, "POST", "/auth/sign_out", { token: one })).status).toBe(200);
  expect((await send(pbx, "GET", "/call_park", { token: one })).status).toBe(401);
  expect((await send(pbx, "GET", "/call_park", { token: other })).status).toBe(200);
});

test("a hundred sessions of a user are good at once, and the oldest makes room", async () => {
  const pbx = await start({ listen: false });
  const first = await tokenOf(pbx);
  const others: string[] = [];
  const status = async (token: string) =>
    (await pbx.fetch("/api/tenant", { headers: { Authorization: `Bearer ${token}` } })).status;
  expect(await status(first)).toBe(200);
  for (let count = 1; count < 100; count += 1) others.push(await tokenOf(pbx));
  const stranger = await tokenOf(pbx, globex);
  expect([await status(first), await status(others[0] ?? "")]).toEqual([200, 200]);
  const newest = await tokenOf(pbx);
  expect([await status(first), await status(others[0] ?? "")]).toEqual([401, 200]);
  expect([await status(newest), await status(stranger)]).toEqual([200, 200]);
});

describe("roles", () => {
  test("a user sees the tenant, and is refused its settings", async () => {
    const pbx = await start();
    const token = await tokenOf(pbx, ada);
    expect((await send(pbx, "GET", "/tenant", { token })).status).toBe(200);
    for (const path of ["/call_park", "/ring_groups", "/call_park_groups", "/tenants", "/admin/status"])
      expect([path, (await send(pbx, "GET", path, { token })).status]).toEqual([path, 403]);
  });

  test("only the system administrator sees the status, with the version in it", async () => {
    const pbx = await start({ version: "22.2" });
    const status = await send(pbx, "GET", "/admin/status", { token: await tokenOf(pbx, system) });
    expect(status.body).toEqual({ version: "22.2.0" });
    expect((await send(pbx, "GET", "/admin/status", { token: await tokenOf(pbx, acme) })).status).toBe(403);
  });

  test("the system administrator switches a session from tenant to tenant with the same token", async () => {
    const pbx = await start();
    const [token, other] = [await tokenOf(pbx, system), await tokenOf(pbx, system)];
    expect((await send(pbx, "GET", "/call_park", { token })).status).toBe(403);
    const { count, items } = (await send(pbx, "GET", "/tenants", { token })).body;
    expect([count, items.map(({ domain }: { domain: string }) => domain)]).toEqual([
      2,
      ["acme.example", "globex.example"],
    ]);
    for (const { id, domain } of items) {
      expect((await send(pbx, "POST", `/tenants/switch?id=${id}`, { token })).status).toBe(200);
      expect((await send(pbx, "GET", "/tenant", { token })).body.domain).toBe(domain);
      expect((await send(pbx, "GET", "/call_park", { token })).status).toBe(200);
    }
    expect((await send(pbx, "GET", "/tenant", { token: other })).status).toBe(403);
    expect((await send(pbx, "POST", "/tenants/switch?id=bm9uZQ", { token })).status).toBe(404);
    expect(fieldsOf(await send(pbx, "POST", "/tenants/switch", { token }))).toEqual(["id"]);
  });

  test("a tenant's administrator cannot switch", async () => {
    const pbx = await start();
    const [, globexTenant] = pbx.tenants;
    const reply = await send(pbx, "POST", `/tenants/switch?id=${globexTenant?.id}`, { token: await tokenOf(pbx) });
    expect(reply.status).toBe(403);
  });
});
