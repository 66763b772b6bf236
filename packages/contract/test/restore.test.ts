import { ConfigurationError, exitCodeOf, NotRestoredError, restore, TargetError } from "@callpark/contract";
import { exitCodeOfFleet, fleetTerminalReport, verifyFleet } from "@callpark/contract/fleet";
import { terminalReport } from "@callpark/contract/reporters";
import { expect, test } from "vitest";
import { type Answer, edit, isCallPark } from "./proxy.ts";
import { bench, statusOf } from "./support.ts";

const only = ["accepts_bounds", "refuses_outside"].map((id) => `call_park.post.recall_time.${id}`);
const refused: Answer = {
  status: 422,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"errors":[{"code":"VALIDATE_FAILED","message":"no"}]}'),
};
const timeOf = (body: Buffer): unknown => JSON.parse(body.toString() || "{}").recall_time;

test("a run that is interrupted right after a change puts it back", async () => {
  const stop = new AbortController();
  await using pbx = await bench({
    answer: (_, request) => {
      if (isCallPark(request, "POST") && timeOf(request.body) === 60) stop.abort();
    },
  });
  const report = await pbx.run({ only, write: "safe", signal: stop.signal });
  expect([report.interrupted, report.restore.status, exitCodeOf(report)]).toEqual([true, "restored", 130]);
  expect((await pbx.settings())["recall_time"]).toBe(300);
  expect(report.checks.filter(({ status }) => status === "skipped").map(({ reason }) => reason)).toEqual([
    "The run was interrupted.",
    "The run was interrupted.",
  ]);
});

test("a check that crashes is an error, never a pass, and what it changed is put back", async () => {
  await using pbx = await bench({
    answer: (_, request) => {
      if (isCallPark(request, "POST") && timeOf(request.body) === 60) throw new Error("cut");
    },
  });
  const report = await pbx.run({ only, write: "safe" });
  expect(statusOf(report, "call_park.post.recall_time.accepts_bounds")).toBe("error");
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["restored", 1]);
  expect((await pbx.settings())["recall_time"]).toBe(300);
});

test("a restore that the PBX refuses is loud: what was there, what is there, and the command", async () => {
  let changed = false;
  const wrong = 60;
  await using pbx = await bench({
    request: (request) => {
      if (!isCallPark(request, "POST")) return undefined;
      const refuses = changed;
      changed ||= timeOf(request.body) === wrong;
      return refuses ? refused : undefined;
    },
  });
  const report = await pbx.run({ only, write: "safe" });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(report.restore.before).toMatchObject({ recall_time: 300 });
  expect(report.restore.now).toMatchObject({ recall_time: wrong });
  expect(report.restore.detail).toBe(
    "The PBX answered 422 and these fields are not as they were: recall_time, recall_ring_group_time.",
  );
  expect(report.restore.curl).toContain(
    `curl -i -X POST -H "Authorization: Bearer $CALLPARK_TOKEN" -H 'Content-Type: application/json' --data '{`,
  );
  expect(JSON.stringify(report)).not.toContain(pbx.token);
});

/** A PBX that takes one change, and refuses every write after it. */
const stubborn = () => {
  let changed = false;
  return bench({
    request: (request) => {
      if (!isCallPark(request, "POST")) return undefined;
      const refuses = changed;
      changed ||= timeOf(request.body) === 60;
      return refuses ? refused : undefined;
    },
  });
};
/** A caller that breaks at the third check. */
const breaking = () => {
  let calls = 0;
  return () => {
    calls += 1;
    if (calls === 3) throw new TypeError("the display broke");
  };
};

test("where a callback throws and the restore is refused, that the PBX is changed is thrown, with what was thrown first", async () => {
  await using pbx = await stubborn();
  const error = await pbx.run({ only, write: "safe", onProgress: breaking() }).catch((reason: unknown) => reason);
  expect((await pbx.settings())["recall_time"]).toBe(60);
  if (!(error instanceof NotRestoredError)) throw error;
  expect([error.cause, error.restore]).toMatchObject([
    new TypeError("the display broke"),
    { status: "failed", before: { recall_time: 300 }, now: { recall_time: 60 } },
  ]);
  expect(error.message.split("\n")).toEqual([
    "The PBX was not restored: The PBX answered 422 and these fields are not as they were: recall_time, recall_ring_group_time. The run was ended by an error (the display broke)",
    "To put it back:",
    `  npx callpark restore --url ${pbx.proxy.url}/api`,
    "To put it back by hand:",
    expect.stringMatching(/^ {2}curl -i -X POST -H "Authorization: Bearer \$CALLPARK_TOKEN" .*"recall_time":300/),
    "The journal is kept:",
    expect.stringMatching(/^ {2}\S+journal\.json$/),
  ]);
  expect(error.message).not.toContain(pbx.token);
});

test("where a callback throws and all is put back, what it threw is thrown", async () => {
  await using pbx = await bench();
  const attempt = pbx.run({ only, write: "safe", onProgress: breaking() });
  await expect(attempt).rejects.toThrow(new TypeError("the display broke"));
  expect((await pbx.settings())["recall_time"]).toBe(300);
});

test("a fleet says of a target where a callback threw and the restore is refused that it is not restored", async () => {
  await using pbx = await stubborn();
  const target = { name: "one", target: { url: pbx.proxy.url, token: pbx.token } };
  const report = await verifyFleet([target], { only, write: "safe", onProgress: breaking() });
  expect(exitCodeOfFleet(report)).toBe(4);
  expect(report.targets).toMatchObject([
    { exitCode: 4, error: "the display broke", restore: { status: "failed", before: { recall_time: 300 } } },
  ]);
  expect(report.targets[0]?.requests).toBeGreaterThan(10);
  const text = fleetTerminalReport(report, { color: false });
  expect(text).toContain(`NOT RESTORED: one (${pbx.proxy.url}/api)\n  The PBX answered 422`);
  expect(text).toContain(`  To put it back:\n    npx callpark restore --url ${pbx.proxy.url}/api\n`);
});

test("that everything is put back is told, after the last write; that it is not, is not", async () => {
  const told: unknown[] = [];
  const telling = (what: string) => () => void told.push(what);
  const options = { only, write: "safe", onWrite: telling("writes"), onRestored: telling("restored") } as const;
  await using well = await bench({
    request: (request) => {
      if (isCallPark(request, "POST")) told.push("a write");
      return undefined;
    },
  });
  await well.run(options);
  expect([told[0], new Set(told.slice(1, -1)), told.at(-1)]).toEqual(["writes", new Set(["a write"]), "restored"]);
  await using ill = await stubborn();
  told.length = 0;
  const report = await ill.run(options);
  expect([report.restore.status, told]).toEqual(["failed", ["writes"]]);
});

test("where the settings are back and another tenant's group is not as it was, that is said, and no settings are shown", async () => {
  const fault = "call_park_groups.id.destroy.post.beyond.group_of_other_tenant";
  await using pbx = await bench({}, { faults: [fault], variants: ["access.other_numbers"] });
  const stranger = pbx.sandbox.accounts.find(({ domain }) => domain !== null && domain !== "acme.example");
  const { accessToken: otherToken } = await pbx.sandbox.signIn(stranger);
  const report = await pbx.run({ only: ["call_park_groups", "call_park.get.always"], write: "full" }, { otherToken });
  expect([statusOf(report, "call_park.get.always"), exitCodeOf(report)]).toEqual(["failed", 4]);
  const [, alarm = ""] = terminalReport(report, { color: false }).split("NOT RESTORED: ");
  const ids = /\([A-Za-z0-9]+={0,2}\) is gone/g;
  expect(alarm.replace(ids, "(ID) is gone").split("\n\n")[0]).toBe(
    [
      "The PBX has its own settings back, but something else is not as it was.",
      '  The other tenant\'s call park groups are not as before ("Reception" (ID) is gone; "Night shift" (ID) is gone), and a run does not write to them. The tenant\'s own settings are as they were, by two equal readings.',
      "  Before another run, once that is as it was or is to stay:",
      `    npx callpark restore --url ${pbx.proxy.url}/api --keep-current`,
    ].join("\n"),
  );
  const target = { url: pbx.proxy.url, token: pbx.token };
  // Nothing here tells whether that has been put right meanwhile.
  for (const _ of ["once", "and again"]) {
    const { status, result } = await restore(target);
    expect([status, result?.detail?.replace(ids, "(ID) is gone"), result?.command]).toStrictEqual([
      "failed",
      'The other tenant\'s call park groups are not as before ("Reception" (ID) is gone; "Night shift" (ID) is gone), and a run does not write to them. The tenant\'s own settings are as they were, by two equal readings.',
      `npx callpark restore --url ${pbx.proxy.url}/api --keep-current`,
    ]);
  }
  await expect(pbx.run({ write: "full" })).rejects.toThrow(/^An earlier run has not put back what it changed/);
  expect(await restore(target, { keepCurrent: true })).toMatchObject({ status: "restored" });
  expect(await restore(target)).toEqual({ status: "not-needed", notes: [] });
});

test("a network that is cut where another tenant is read again costs no report, and is said", async () => {
  let otherToken = "";
  let readings = 0;
  await using pbx = await bench({
    answer: (_, { path, headers }) => {
      if (path !== "/api/call_park_groups" || headers.authorization !== `Bearer ${otherToken}`) return;
      readings += 1;
      if (readings > 1) throw new Error("cut");
    },
  });
  const stranger = pbx.sandbox.accounts.find(({ domain }) => domain !== null && domain !== "acme.example");
  otherToken = (await pbx.sandbox.signIn(stranger)).accessToken;
  const report = await pbx.run({ only: ["call_park.post.together"], write: "full" }, { otherToken });
  expect([statusOf(report, "call_park.post.together"), exitCodeOf(report)]).toEqual(["passed", 4]);
  expect(report.restore.detail).toMatch(
    /^What else was there before the run could not be read again: .+\. The tenant's own settings are as they were, by two equal readings\.$/,
  );
});

test("what somebody else changes meanwhile is left as theirs, and said", async () => {
  let edits = 0;
  await using pbx = await bench({
    // While the run sends what must be refused.
    answer: async (_, request) => {
      if (edits > 0 || !isCallPark(request, "POST") || timeOf(request.body) !== 901) return;
      edits += 1;
      await pbx.change({ recall_time: 555 });
    },
  });
  const report = await pbx.run({ only, write: "safe" });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(report.restore.detail).toContain("Somebody else changed the call park settings during the run (recall_time)");
  expect((await pbx.settings())["recall_time"]).toBe(555);
});

test("what somebody else changes while many requests are sent is left as theirs, and said", async () => {
  let edits = 0;
  await using pbx = await bench({
    // In the midst of all that must be refused, after which one reading tells what came of it.
    answer: async (_, request) => {
      if (edits > 0 || !isCallPark(request, "POST") || !request.body.includes('"enabled":"')) return;
      edits += 1;
      await pbx.change({ recall_time: 555 });
    },
  });
  const report = await pbx.run({ write: "full" });
  expect(report.checks.find(({ status }) => status === "error")).toMatchObject({
    id: "call_park.post.enabled.refuses",
    reason: "Somebody else changed the call park settings during the run (recall_time): theirs is left as it is",
  });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect((await pbx.settings())["recall_time"]).toBe(555);
});

test("settings that somebody is changing are not written at all", async () => {
  let time = 300;
  await using pbx = await bench({
    answer: (answer, request) => {
      if (!isCallPark(request, "GET") || answer.status !== 200) return;
      time += 1;
      edit(answer, (body) => Object.assign(body, { recall_time: time }));
    },
  });
  const report = await pbx.run({ only, write: "safe" });
  expect(report.checks.map(({ id, status }) => [id, status])).toEqual([
    ["call_park.post.own_settings", "error"],
    ["call_park.post.recall_time.accepts_bounds", "skipped"],
    ["call_park.post.recall_time.refuses_outside", "skipped"],
  ]);
  expect(report.checks[0]?.reason).toBe(
    "Somebody is changing the call park settings now (recall_time differ between two readings): run again later",
  );
  expect(pbx.proxy.requests.filter(({ method }) => method === "POST")).toEqual([]);
});

test("a prompt that cannot be downloaded could not be put back, so nothing is written", async () => {
  await using pbx = await bench({
    request: ({ path }) => (path.startsWith("/api/blobs/") ? { ...refused, status: 404 } : undefined),
  });
  const report = await pbx.run({ only, write: "safe" });
  expect(report.checks[0]).toMatchObject({
    status: "error",
    reason:
      "The prompt could not be downloaded (status 404), so it could not be put back: nothing was written. Run without writing",
  });
  expect(pbx.proxy.requests.filter(({ method }) => method === "POST")).toEqual([]);
});

test("a prompt whose download fails now and then is asked for again: at the beginning and at the end", async () => {
  let downloads = 0;
  await using pbx = await bench({
    request: ({ path }) => {
      if (!path.startsWith("/api/blobs/")) return undefined;
      downloads += 1;
      return downloads % 2 === 1 ? { ...refused, status: 500 } : undefined;
    },
  });
  const report = await pbx.run({ only, write: "safe" });
  expect(report.checks.map(({ status }) => status)).toEqual(["passed", "passed", "passed"]);
  expect([report.restore, downloads]).toEqual([
    {
      status: "restored",
      detail: "Everything is as it was, by two equal readings.",
    },
    4,
  ]);
});

test("a PBX that does not take its own settings back gets no further write", async () => {
  await using pbx = await bench({
    request: (request) => (isCallPark(request, "POST") ? { ...refused, status: 500 } : undefined),
  });
  const report = await pbx.run({ write: "full" });
  expect(pbx.proxy.requests.filter(({ method }) => method === "POST").length).toBe(1);
  expect([exitCodeOf(report), report.restore.status]).toEqual([1, "restored"]);
});

test("a PBX that refuses null is written without the blank fields", async () => {
  await using pbx = await bench({
    request: ({ method, body }) =>
      method === "POST" && body.toString().includes('"ring_group_id":null') ? refused : undefined,
  });
  await pbx.change({ recall_to: "USER_ONLY", ring_group_id: null });
  const report = await pbx.run({ only, write: "safe" });
  expect(report.checks.map(({ status }) => status)).toEqual(["passed", "passed", "passed"]);
  expect(report.checks[0]?.findings.map(({ code, kind }) => [code, kind])).toEqual([
    ["call_park.post.own_settings.null_refused", "observation"],
  ]);
  expect(report.restore.status).toBe("restored");
});

test("writing with an unchecked certificate is refused before anything is sent", async () => {
  await using pbx = await bench();
  const attempt = pbx.run({ write: "safe" }, { tls: { insecure: true } });
  await expect(attempt).rejects.toThrow(ConfigurationError);
  expect(pbx.proxy.requests).toEqual([]);
});

test("the tenant that is named must be the token's", async () => {
  await using pbx = await bench();
  const { name, domain } = pbx.sandbox.tenants[0] ?? { name: "", domain: "" };
  expect((await pbx.run({}, { tenant: domain })).target.tenant?.name).toBe(name);
  await expect(pbx.run({ write: "safe" }, { tenant: "Globex" })).rejects.toThrow(
    `The token belongs to the tenant ${name} (${domain}), not to Globex`,
  );
  expect(pbx.proxy.requests.filter(({ method }) => method === "POST")).toEqual([]);
});

test("a PBX that cannot be reached, or does not take the token, is said at once", async () => {
  await using pbx = await bench();
  await expect(pbx.run({}, { token: "wrong-token" })).rejects.toThrow(
    `The PBX does not accept the token (401 for GET ${pbx.proxy.url}/api/call_park): it is wrong or has ended. Sign in for a new one`,
  );
  await expect(pbx.run({}, { url: `${pbx.proxy.url}/elsewhere` })).rejects.toThrow(TargetError);
  await pbx[Symbol.asyncDispose]();
  await expect(pbx.run()).rejects.toThrow(/^GET http:\/\/127\.0\.0\.1:\d+\/api\/call_park: connect ECONNREFUSED/);
});
