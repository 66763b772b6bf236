import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodeOf, restore, TargetError, type VerifyOptions } from "@callpark/contract";
import { expect, test } from "vitest";
import { edit, type Faults, type Forwarded, isCallPark } from "./proxy.ts";
import { bench, codes } from "./support.ts";

test("a token that ends in the middle of a run is refreshed, and the run goes on", async () => {
  let now = Date.now();
  let requests = 0;
  await using pbx = await bench(
    {
      request: () => {
        requests += 1;
        if (requests === 5) now += 3_600_000;
        return undefined;
      },
    },
    { now: () => now },
  );
  const { accessToken, refreshToken } = await pbx.sandbox.signIn();
  const report = await pbx.run({ write: "full" }, { token: accessToken, refreshToken });
  expect([codes(report), report.restore.status]).toEqual([[], "restored"]);
  expect(pbx.proxy.requests.filter(({ path }) => path === "/api/auth/refresh_token").length).toBe(1);
  const spent = JSON.stringify(report);
  expect([spent.includes(accessToken), spent.includes(refreshToken)]).toEqual([false, false]);
});

test("a refreshed token that the PBX does not take is not used: the run goes on with the one before", async () => {
  const json = (status: number, body: object) => ({
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(body)),
  });
  let refusals = 0;
  await using pbx = await bench({
    request: ({ method, path }) => {
      if (path === "/api/auth/refresh_token") return json(200, { access_token: "bm90LWdvb2Q", expires_in: 1800 });
      // As a PBX answers that means something else than the token.
      if (method !== "GET" || path !== "/api/ring_groups" || refusals === 2) return undefined;
      refusals += 1;
      return json(401, { errors: [{ code: "UNKNOWN", message: "Not now" }] });
    },
  });
  const { accessToken, refreshToken } = await pbx.sandbox.signIn();
  const report = await pbx.run({ write: "safe" }, { token: accessToken, refreshToken });
  expect([codes(report), report.restore.status, report.notes]).toEqual([
    [],
    "restored",
    ["The refresh token brought a token that the PBX does not take: the run went on with the one before it."],
  ]);
});

test("a token that ends under two requests at once is refreshed once, and both are sent again", async () => {
  let now = Date.now();
  let made = 0;
  await using pbx = await bench(
    {
      request: ({ path, method, body }) => {
        if (method !== "POST" || path !== "/api/call_park_groups" || !/-other"/.test(body.toString())) return undefined;
        made += 1;
        // The first group of that name is destroyed; then come two by it at once.
        if (made === 2) now += 3_600_000;
        return undefined;
      },
    },
    { now: () => now },
  );
  const { accessToken, refreshToken } = await pbx.sandbox.signIn();
  const only = ["call_park_groups.destroy"];
  const report = await pbx.run({ write: "full", only }, { token: accessToken, refreshToken });
  expect(report.checks.map(({ id, status }) => [id, status])).toContainEqual(["call_park_groups.destroy", "passed"]);
  expect([codes(report), report.restore.status]).toEqual([[], "restored"]);
  expect(pbx.proxy.requests.filter(({ path }) => path === "/api/auth/refresh_token").length).toBe(1);
});

test("a refresh token of another tenant ends the run: that tenant is not written to, and the journal is kept", async () => {
  let now = Date.now();
  let posts = 0;
  await using pbx = await bench(
    {
      request: (request) => {
        if (!isCallPark(request, "POST")) return undefined;
        posts += 1;
        if (posts === 3) now += 3_600_000;
        return undefined;
      },
    },
    { now: () => now },
  );
  const stranger = pbx.sandbox.accounts.find(({ domain }) => domain !== null && domain !== "acme.example");
  const { refreshToken } = await pbx.sandbox.signIn(stranger);
  const settings = () => pbx.sandbox.state().map(({ settings: one }) => JSON.stringify(one));
  const [, theirs] = settings();
  const stateDir = await mkdtemp(join(tmpdir(), "callpark-state-"));
  const options = { write: "safe", only: ["call_park.post.recall_time"], stateDir } satisfies VerifyOptions;
  const report = await pbx.run(options, { refreshToken });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(report.restore.detail).toContain("The refresh token brought a token of another tenant (Globex)");
  expect(settings()[1]).toBe(theirs);
  const { accessToken: token } = await pbx.sandbox.signIn();
  const { status } = await restore({ url: pbx.proxy.url, token }, { stateDir });
  expect([status, JSON.parse(settings()[0] ?? "").recall_time]).toEqual(["restored", 300]);
  await rm(stateDir, { recursive: true });
});

test("a rate limit is waited out", async () => {
  let limited = 0;
  await using pbx = await bench({
    request: ({ path }) => {
      if (path !== "/api/tenant" || limited === 2) return undefined;
      limited += 1;
      return {
        status: 429,
        headers: { "retry-after": "0", "content-type": "application/json" },
        body: Buffer.from('{"errors":[{"code":"UNKNOWN","message":"Too many"}]}'),
      };
    },
  });
  const report = await pbx.run({ only: ["tenant.body"] });
  expect([codes(report), limited]).toEqual([[], 2]);
});

const refused = (status: number, retryAfter: string | undefined, text = "") => ({
  status,
  headers: {
    "content-type": "application/json",
    ...(retryAfter !== undefined && { "retry-after": retryAfter }),
  },
  body: Buffer.from(text),
});
const isTenant = ({ path }: Forwarded) => path === "/api/tenant";

test("a rate limit that is not told in errors is waited out, and observed once", async () => {
  let requests = 0;
  await using pbx = await bench({
    request: () => {
      requests += 1;
      return requests % 5 === 0 ? refused(429, "0") : undefined;
    },
  });
  const report = await pbx.run();
  const observed = report.checks.flatMap(({ id, findings }) =>
    findings.map(({ code, kind, received }) => [id, code, kind, received]),
  );
  expect([observed, exitCodeOf(report)]).toEqual([
    [["call_park.get.always", "rate_limit.errors", "observation", "status 429, empty"]],
    0,
  ]);
});

test("a PBX that is busy and says when to come again is asked again, and observed", async () => {
  let requests = 0;
  await using pbx = await bench({
    request: (request) => {
      if (!isTenant(request) || requests === 2) return undefined;
      requests += 1;
      return refused(503, "0");
    },
  });
  const report = await pbx.run({ only: ["tenant.body"] });
  expect(
    report.checks.map(({ id, status, findings }) => [id, status, findings.map(({ received }) => received)]),
  ).toEqual([
    ["tenant.body", "passed", []],
    ["call_park.get.always", "passed", ["status 503 with Retry-After, 2 times in this run"]],
  ]);
});

test("a PBX that is busy without end is a finding, once it was waited for", async () => {
  await using pbx = await bench({ request: (request) => (isTenant(request) ? refused(503, "0") : undefined) });
  const report = await pbx.run({ only: ["tenant.body"] });
  expect([codes(report), exitCodeOf(report)]).toEqual([["tenant.body.status"], 1]);
});

test("a rate limit that does not end is waited for once, and by no later request", async () => {
  const isGroups = ({ path }: Forwarded) => path.startsWith("/api/call_park_groups");
  await using pbx = await bench({ request: (request) => (isGroups(request) ? refused(429, "0") : undefined) });
  const report = await pbx.run({ only: ["call_park_groups.list.body", "call_park_groups.list.bounds", "tenant.body"] });
  expect(report.checks.map(({ id, status, requests }) => [id, status, requests])).toEqual([
    ["tenant.body", "passed", 0],
    ["call_park_groups.list.body", "error", 6],
    ["call_park_groups.list.bounds", "error", 1],
    ["call_park.get.always", "passed", 0],
  ]);
});

test("a PBX that asks for more patience than a run has is a finding at once", async () => {
  await using pbx = await bench({ request: (request) => (isTenant(request) ? refused(503, "3600") : undefined) });
  const report = await pbx.run({ only: ["tenant.body"] });
  expect([codes(report), pbx.proxy.requests.filter(isTenant).length]).toEqual([["tenant.body.status"], 1]);
});

test("503 without Retry-After is a finding", async () => {
  await using pbx = await bench({ request: (request) => (isTenant(request) ? refused(503, undefined) : undefined) });
  expect(codes(await pbx.run({ only: ["tenant.body"] }))).toEqual(["tenant.body.status"]);
});

test("a token that ends in the middle of a run, with nothing to refresh it by, is an error and no finding", async () => {
  let now = Date.now();
  let requests = 0;
  await using pbx = await bench(
    {
      request: () => {
        requests += 1;
        if (requests === 30) now += 3_600_000;
        return undefined;
      },
    },
    { now: () => now },
  );
  const { accessToken } = await pbx.sandbox.signIn();
  const report = await pbx.run({ write: "full" }, { token: accessToken });
  expect([codes(report), report.restore.status, exitCodeOf(report)]).toEqual([[], "not-needed", 1]);
  const reasons = report.checks.flatMap(({ status, reason }) => (status === "error" ? [reason] : []));
  expect([...new Set(reasons)]).toEqual([
    "The PBX does not take the token any more (401): it has ended. Sign in again, or give a refresh token too",
  ]);
});

test("a second tenant's token finds a PBX that mixes tenants up", async () => {
  const only = ["ring_groups.show.other_tenant"];
  await using pbx = await bench({
    request: (request) => {
      if (request.path.startsWith("/api/ring_groups/")) request.headers.authorization = `Bearer ${pbx.token}`;
      return undefined;
    },
  });
  const other = pbx.sandbox.accounts.findLast(({ tenant }) => tenant !== null);
  const { accessToken: otherToken } = await pbx.sandbox.signIn(other);
  expect(codes(await pbx.run({ only }, { otherToken }))).toEqual(["ring_groups.show.other_tenant.accepted"]);
  expect((await pbx.run({ only })).checks[0]).toMatchObject({
    status: "skipped",
    reason: "It takes a second tenant's token: give otherToken (CALLPARK_OTHER_TOKEN).",
  });
});

test("what a run lacks is named as the library calls it, and as the command does", async () => {
  await using pbx = await bench();
  const report = await pbx.run({
    only: ["call_park.get.authentication.refresh_token", "admin_status.system_administrator"],
  });
  expect(report.checks.map(({ status, reason }) => [status, reason])).toEqual([
    ["skipped", "It takes a refresh token: give refreshToken (--refresh-token-file or CALLPARK_REFRESH_TOKEN)."],
    ["skipped", "It takes the system administrator's password: give systemAdministrator (CALLPARK_SYSTEM_PASSWORD)."],
  ]);
});

test("a system administrator who cannot sign in is told with the status and what to check, without the password", async () => {
  await using pbx = await bench();
  const systemAdministrator = { username: "admin", password: "s3cret-wrong" };
  const only = ["admin_status.system_administrator", "tenants.switch"];
  const report = await pbx.run({ only }, { systemAdministrator });
  const reason =
    "The system administrator could not sign in (status 401): check the user name and the password of systemAdministrator (CALLPARK_SYSTEM_USERNAME, CALLPARK_SYSTEM_PASSWORD).";
  expect(report.checks.map(({ id, status, reason }) => [id, status, reason])).toEqual(
    only.map((id) => [id, "skipped", reason]),
  );
  expect(JSON.stringify(report)).not.toContain("s3cret-wrong");
});

test("a second token that the PBX does not take is an error, never a pass", async () => {
  await using pbx = await bench();
  const report = await pbx.run({ only: ["ring_groups.show.other_tenant"] }, { otherToken: "wrong-other-token" });
  expect(report.checks[0]).toMatchObject({
    status: "error",
    reason: "The PBX does not take the second token (status 401 for GET /tenant): sign in again",
  });
});

test("a second token that ends in the middle of a run is nobody's fault", async () => {
  let asked = 0;
  let otherToken = "";
  const body = Buffer.from('{"errors":[{"code":"UNAUTHORIZED","message":"The token has ended"}]}');
  await using pbx = await bench({
    request: ({ headers }) => {
      if (otherToken === "" || headers.authorization !== `Bearer ${otherToken}`) return undefined;
      asked += 1;
      return asked > 8 ? { status: 401, headers: { "content-type": "application/json" }, body } : undefined;
    },
  });
  const other = pbx.sandbox.accounts.findLast(({ tenant }) => tenant !== null);
  ({ accessToken: otherToken } = await pbx.sandbox.signIn(other));
  const report = await pbx.run({ write: "full" }, { otherToken });
  expect([codes(report), report.restore.status, exitCodeOf(report)]).toEqual([[], "restored", 0]);
  expect(report.checks.find(({ id }) => id === "call_park.post.other_tenant")).toMatchObject({
    status: "skipped",
    reason: "The second token (otherToken, CALLPARK_OTHER_TOKEN) has ended meanwhile: give one that lasts for the run.",
  });
});

test("a command to ask again names the token that was sent: the run's, the other tenant's, or none", async () => {
  const answer = { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from("{}") };
  await using pbx = await bench({
    request: ({ headers, path }) =>
      path === "/api/call_park" && headers.authorization !== `Bearer ${pbx.token}` ? { ...answer } : undefined,
  });
  const report = await pbx.run({ only: ["call_park.get.authentication"] });
  const middle = Math.floor(pbx.token.length / 2);
  const other = pbx.token[middle] === "x" ? "y" : "x";
  expect(report.checks.flatMap(({ findings }) => findings[0]?.curl ?? [])).toEqual(
    [
      "",
      `-H 'Authorization: Bearer ' `,
      `-H "Authorization: $CALLPARK_TOKEN" `,
      `-H 'Authorization: Bearer callpark-wrong-token' `,
      `-H 'Authorization: Basic Y2FsbHBhcms6bWFkZS11cA==' `,
      `-H "Authorization: Bearer \${CALLPARK_TOKEN:0:${middle}}${other}\${CALLPARK_TOKEN:${middle + 1}}" `,
      `-H "Authorization: Bearer \${CALLPARK_TOKEN:0:${pbx.token.length - 1}}" `,
      `-H "Authorization: Bearer \${CALLPARK_TOKEN}x" `,
      `-H "Authorization: Bearer $(printf %s "$CALLPARK_TOKEN" | tr a-zA-Z A-Za-z)" `,
      `-H "Authorization: Token $CALLPARK_TOKEN" `,
    ].map((header) => `curl -i ${header}'${pbx.proxy.url}/api/call_park'`),
  );
});

test.each([
  [200, "a web page with status 200"],
  [500, "a web page with status 500"],
])("a web server that is no PBX is told so, not judged: %d", async (status, words) => {
  const page = { status, headers: { "content-type": "text/html" }, body: Buffer.from("<html>Hello</html>") };
  await using pbx = await bench({ request: () => ({ ...page }) });
  await expect(pbx.run()).rejects.toThrow(
    new TargetError(
      `There is no call park API at ${pbx.proxy.url}/api (${words} for GET /call_park): check the URL and its port`,
    ),
  );
});

test.each([
  ["a gateway's page", { "content-type": "text/html" }, "<html>503 Service Unavailable</html>"],
  ["a gateway's text", { "content-type": "text/plain" }, "no healthy upstream"],
  ["an envelope", { "content-type": "application/json" }, JSON.stringify({ code: "INTERNAL", message: "Try later" })],
])("a PBX that answers nothing but 503 is out of order, which is no finding: %s", async (_, headers, text) => {
  const answer = { status: 503, headers, body: Buffer.from(text) };
  await using pbx = await bench({ request: () => ({ ...answer }) });
  await expect(pbx.run()).rejects.toThrow(
    new TargetError(
      `The PBX, or a gateway before it, is out of order (503 for GET ${pbx.proxy.url}/api/call_park): run again when it works`,
    ),
  );
});

test("a redirect that does not say where to is told so", async () => {
  await using pbx = await bench({ request: () => ({ status: 302, headers: {}, body: Buffer.alloc(0) }) });
  await expect(pbx.run()).rejects.toThrow(
    new TargetError(
      `The PBX redirects (302 for GET ${pbx.proxy.url}/api/call_park), and does not say where to: check the URL and its port`,
    ),
  );
});

test("a run that could check nothing of what was asked for does not begin", async () => {
  await using pbx = await bench();
  await expect(pbx.run({ only: ["call_park.post"] })).rejects.toThrow(
    'These checks write, and this run only reads or writes less (call_park.post): choose write "full" (--write=full)',
  );
  expect(pbx.proxy.requests).toEqual([]);
});

/** A PBX whose prompts have URLs that are signed: with the caller's token. */
const signed: Faults = {
  request: (request) => {
    if (request.path.startsWith("/api/blobs/")) request.path = request.path.replace(/\..*/, "");
    return undefined;
  },
  answer: (answer, request) => {
    if (!isCallPark(request, "GET") || answer.status !== 200) return;
    const [, token] = String(request.headers.authorization).split(" ");
    edit(answer, (body) => {
      body["prompt_file_url"] += `.${token}`;
    });
  },
};

test("before the first write the caller is told what is there and how to put it back", async () => {
  await using pbx = await bench();
  const before = await pbx.settings();
  const told: { before: unknown; curl: string; sent: number }[] = [];
  await pbx.run({
    only: ["call_park.post.own_settings"],
    write: "safe",
    onWrite: (undo) =>
      told.push({ ...undo, sent: pbx.proxy.requests.filter(({ method }) => method === "POST").length }),
  });
  expect(told.map(({ before: was, sent }) => [was, sent])).toEqual([[before, 0]]);
  expect(told[0]?.curl).toMatch(/^curl -i -X POST -H "Authorization: Bearer \$CALLPARK_TOKEN" /);
});

test("what the caller is told before the first write holds no token, though the prompt's URL does", async () => {
  await using pbx = await bench(signed);
  const told: { before: unknown; curl: string }[] = [];
  await pbx.run({ only: ["call_park.post.own_settings"], write: "safe", onWrite: (undo) => told.push(undo) });
  const before = await pbx.settings();
  expect(told.map(({ before: was }) => was)).toEqual([
    { ...before, prompt_file_url: `${before["prompt_file_url"]}.•••` },
  ]);
  expect(JSON.stringify(told)).not.toContain(pbx.token);
});
