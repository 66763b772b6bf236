import { expect, test } from "vitest";
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
    reason: "It takes a second tenant's token: set CALLPARK_OTHER_TOKEN.",
  });
});
