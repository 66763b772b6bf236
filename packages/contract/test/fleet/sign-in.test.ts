import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError, TargetError, type VerifyOptions } from "@callpark/contract";
import { type SignInTarget, verifySignedIn } from "@callpark/contract/fleet";
import { startSandbox } from "@callpark/sandbox";
import { expect, test } from "vitest";
import { type Faults, startProxy } from "../proxy.ts";

const pbxWith = async (faults: Faults = {}, options: Parameters<typeof startSandbox>[0] = {}) => {
  const sandbox = await startSandbox(options);
  const proxy = await startProxy(sandbox.url, faults);
  const run = (
    credentials: SignInTarget["credentials"],
    more: Partial<SignInTarget> = {},
    only = ["call_park.get"],
    options: VerifyOptions = {},
  ) => verifySignedIn({ url: proxy.url, credentials, ...more }, { only, ...options });
  const paths = (): string[] => proxy.requests.map(({ method, path }) => `${method} ${path}`);
  return {
    run,
    paths,
    proxy,
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
};

const acme = { username: "admin", password: "acme-park-1", domain: "acme.example" };
const system = { username: "admin", password: "system-park-1" };

test("a run signs in, checks, and signs out its own session", async () => {
  await using pbx = await pbxWith();
  const report = await pbx.run(acme);
  expect([report.target.tenant?.name, report.notes]).toEqual(["Acme", []]);
  expect([pbx.paths()[0], pbx.paths().at(-1)]).toEqual(["POST /api/auth/sign_in", "POST /api/auth/sign_out"]);
  const { authorization = "" } = pbx.proxy.requests.at(-1)?.headers ?? {};
  const again = await fetch(`${pbx.proxy.url}/api/call_park`, { headers: { authorization } });
  expect(again.status).toBe(401);
  expect(JSON.stringify(report)).not.toContain(authorization.slice("Bearer ".length));
});

test("the checks of signing in hide no more than secrets", async () => {
  await using pbx = await pbxWith();
  const report = await pbx.run(acme, {}, ["auth"]);
  expect(report.checks.map(({ id, status }) => [id, status])).toContainEqual(["auth.refresh_token", "passed"]);
  expect(JSON.stringify(report)).not.toContain("•••");
});

test("a sign-in without a refresh token lets the run go on, and is found", async () => {
  await using pbx = await pbxWith({
    answer: (answer, { path }) => {
      if (path !== "/api/auth/sign_in" || answer.status !== 200) return;
      const { refresh_token: _, ...rest } = JSON.parse(answer.body.toString());
      answer.body = Buffer.from(JSON.stringify(rest));
    },
  });
  const secrets: string[] = [];
  const report = await pbx.run(acme, {}, ["auth.sign_in"], { onSecret: (secret) => secrets.push(secret) });
  expect(report.checks.flatMap(({ findings }) => findings.map(({ code }) => code))).toContain(
    "auth.sign_in.refresh_token.required",
  );
  expect(secrets.every((secret) => typeof secret === "string")).toBe(true);
});

const ada = { username: "ada", password: "ada-park-1", domain: "acme.example" };

test("a user who may not see call park is told so, and signed out", async () => {
  await using pbx = await pbxWith();
  await expect(pbx.run(ada)).rejects.toThrow(
    new TargetError(
      `The PBX does not let this token's user read the call park settings (403 for GET ${pbx.proxy.url}/api/call_park): use a tenant administrator's token that has not ended, or name the tenant for a system administrator who signs in`,
    ),
  );
  expect(pbx.paths().at(-1)).toBe("POST /api/auth/sign_out");
});

test("a user who may not see call park can check what has nothing to do with it", async () => {
  await using pbx = await pbxWith();
  const report = await pbx.run(ada, {}, ["info", "auth"]);
  expect(report.pbxVersion.reason).toMatch(
    /^GET \/call_park may not be read by this user \(403\), so it does not show /,
  );
  expect(report.checks.map(({ id, status }) => [id, status])).toEqual([
    ["info.body", "passed"],
    ["info.domain", "passed"],
    ["auth.sign_in", "passed"],
    ["auth.refresh_token", "passed"],
    ["auth.sign_out", "passed"],
  ]);
});

test("a second session of the system administrator is moved into the tenant, and the administrator's own checks need no more", async () => {
  await using pbx = await pbxWith();
  const own = ["call_park.post.other_session", "call_park.post.authentication.signed_out"];
  const stateDir = await mkdtemp(join(tmpdir(), "callpark-"));
  const report = await pbx.run(
    system,
    { tenant: "acme.example" },
    [...own, "admin_status.system_administrator", "tenants.switch"],
    { write: "safe", stateDir },
  );
  await rm(stateDir, { recursive: true });
  expect(Object.fromEntries(report.checks.map(({ id, status }) => [id, status]))).toMatchObject({
    "call_park.post.other_session": "passed",
    "call_park.post.authentication.signed_out": "passed",
    "admin_status.system_administrator": "passed",
    "tenants.switch": "passed",
  });
  expect(report.restore.status).toBe("restored");
});

test("an older PBX is signed in to in its way", async () => {
  await using pbx = await pbxWith({}, { version: "22.0" });
  const report = await pbx.run(acme);
  expect([report.target.tenant?.name, report.notes]).toEqual(["Acme", []]);
  expect(pbx.paths()).toContain("POST /api/login/oauth/token");
});

test("the system administrator switches to the tenant that is named", async () => {
  await using pbx = await pbxWith();
  const report = await pbx.run(system, { tenant: "globex.example" });
  expect(report.target.tenant?.name).toBe("Globex");
  await expect(pbx.run(system, { tenant: "Nobody" })).rejects.toThrow(
    new ConfigurationError("The PBX has no tenant called Nobody: name, domain and id were compared"),
  );
  expect(pbx.paths().filter((path) => path === "POST /api/auth/sign_out")).toHaveLength(2);
});

test("a session that was refreshed on the way is signed out with its newest token", async () => {
  let now = Date.now();
  let ended = false;
  await using pbx = await pbxWith(
    {
      request: ({ path }) => {
        if (path !== "/api/tenant" || ended) return undefined;
        ended = true;
        now += 3_600_000;
        return undefined;
      },
    },
    { now: () => now },
  );
  const report = await pbx.run(acme);
  expect(pbx.paths()).toContain("POST /api/auth/refresh_token");
  expect(report.notes).toEqual([]);
  const { authorization = "" } = pbx.proxy.requests.at(-1)?.headers ?? {};
  expect((await fetch(`${pbx.proxy.url}/api/call_park`, { headers: { authorization } })).status).toBe(401);
});

test("whoever prints is told every secret that the run gains: by signing in, by a refresh, and in its checks", async () => {
  let now = Date.now();
  const gained: string[] = [];
  await using pbx = await pbxWith(
    {
      request: ({ path }) => {
        if (path === "/api/tenant" && gained.length === 2) now += 3_600_000;
        return undefined;
      },
      answer: ({ status, body }, { path }) => {
        if (!/^\/api\/auth\/(sign_in|refresh_token)$/.test(path) || status !== 200) return;
        const { access_token: access, refresh_token: refresh } = JSON.parse(body.toString());
        gained.push(access, refresh);
      },
    },
    { now: () => now },
  );
  const told: string[] = [];
  await pbx.run(acme, {}, ["tenant", "auth.sign_in"], { onSecret: (secret) => told.push(secret) });
  expect(gained.length).toBeGreaterThanOrEqual(6);
  expect(gained.filter((secret) => !told.includes(secret))).toEqual([]);
});

test("a wrong password is said without it", async () => {
  await using pbx = await pbxWith();
  const run = pbx.run({ ...acme, password: "not-the-password" });
  await expect(run).rejects.toThrow(
    new TargetError("The PBX does not let admin in (status 401): check the user name, the password and the domain"),
  );
  expect(pbx.paths()).toEqual(["POST /api/auth/sign_in"]);
});

test("a second factor is said to be out of a run's reach", async () => {
  await using pbx = await pbxWith({
    request: ({ path }) =>
      path === "/api/auth/sign_in"
        ? {
            status: 200,
            headers: { "content-type": "application/json" },
            body: Buffer.from('{"two_factor_enabled":true,"token":"a-second-factor-token"}'),
          }
        : undefined,
  });
  await expect(pbx.run(acme)).rejects.toThrow(
    new TargetError(
      "The PBX wants a second factor of admin, which a run cannot give: use a user without one, or a token",
    ),
  );
});

test("a session that the PBX does not sign out is noted", async () => {
  await using pbx = await pbxWith({
    request: ({ path }) =>
      path === "/api/auth/sign_out" ? { status: 500, headers: {}, body: Buffer.of() } : undefined,
  });
  const report = await pbx.run(acme);
  expect(report.notes).toEqual([expect.stringContaining("The session that the run opened could not be signed out (")]);
});

test("a run that cannot begin is signed out all the same", async () => {
  await using pbx = await pbxWith();
  await expect(pbx.run(acme, { tenant: "Globex" })).rejects.toThrow(ConfigurationError);
  expect(pbx.paths().at(-1)).toBe("POST /api/auth/sign_out");
});
