import { exitCodeOf, listChecks } from "@callpark/contract";
import type { SandboxOptions } from "@callpark/sandbox";
import { expect, test } from "vitest";
import { answersGet } from "./faults/fault.ts";
import { bench, codes } from "./support.ts";

const restored = { status: "restored", detail: "Everything is as it was, by two equal readings." };

test("a read run of a PBX that keeps its contract finds nothing and writes nothing", async () => {
  await using pbx = await bench();
  const report = await pbx.run();
  expect(codes(report)).toEqual([]);
  expect(report.checks.filter(({ status }) => status === "error")).toEqual([]);
  expect([exitCodeOf(report), report.restore.status]).toEqual([0, "not-needed"]);
  expect(pbx.proxy.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(report.requests).toBe(pbx.proxy.requests.length);
});

test.each<[string, SandboxOptions]>([
  ["keeps what a POST leaves out", {}],
  ["resets what a POST leaves out", { semantics: "replace" }],
  ["speaks 22.2", { version: "22.2" }],
  ["speaks 22.0 and resets", { version: "22.0", semantics: "replace" }],
  ["has no ring groups", { ringGroups: false }],
])("a full run of a PBX that %s finds nothing and leaves everything as it was", async (_, options) => {
  await using pbx = await bench({}, options);
  const { prompt_file_url: before, ...settings } = await pbx.settings();
  const report = await pbx.run({ write: "full" });
  expect(codes(report)).toEqual([]);
  expect(report.checks.filter(({ status }) => status === "error")).toEqual([]);
  expect([exitCodeOf(report), report.restore]).toEqual([0, restored]);
  const { prompt_file_url: after, ...now } = await pbx.settings();
  expect(now).toEqual(settings);
  const bytes = async (path: unknown) => Buffer.from(await (await fetch(`${pbx.sandbox.url}${path}`)).arrayBuffer());
  expect((await bytes(after)).length).toBe(settings["prompt_file_size"]);
  if (before === after) return;
  expect(await bytes(after)).toEqual(await bytes(before));
});

test("what a PBX resets or drops is observed, not held against it", async () => {
  await using pbx = await bench({}, { semantics: "replace" });
  expect(codes(await pbx.run({ write: "full" }), "observation")).toEqual([
    "call_park.post.own_settings.prompt_dropped",
    "call_park.post.partial.fields_left_out",
  ]);
});

test("a safe run writes nothing but the settings' own values and the two times", async () => {
  await using pbx = await bench();
  const before = await pbx.settings();
  const report = await pbx.run({ write: "safe" });
  expect([codes(report), exitCodeOf(report), report.restore]).toEqual([[], 0, restored]);
  const posts = pbx.proxy.requests.filter(({ method }) => method !== "GET");
  expect([...new Set(posts.map(({ method, path }) => `${method} ${path}`))]).toEqual(["POST /api/call_park"]);
  const { recall_time: _, recall_ring_group_time: __, ...own } = before;
  for (const { body } of posts)
    for (const [name, value] of Object.entries(JSON.parse(body.toString())))
      if (name in own) expect([name, value]).toEqual([name, own[name]]);
});

test("the version line is told by the option, by the PBX's status, or inferred", async () => {
  await using pbx = await bench({}, { version: "22.2" });
  expect((await pbx.run({ version: "22.0" })).pbxVersion).toEqual({
    line: "22.0",
    source: "option",
    reason: "the run was told so",
  });
  const inferred = await pbx.run();
  expect(inferred.pbxVersion).toMatchObject({ line: "22.2", source: "inferred" });
  expect(codes(inferred, "observation")).toEqual(["call_park.get.send_notification_to_parker.absent"]);
  const administrator = pbx.sandbox.accounts.find(({ role }) => role === "system administrator");
  const { accessToken } = await pbx.sandbox.signIn(administrator);
  const told = await pbx.run({ only: ["admin_status"] }, { token: accessToken });
  expect(told.pbxVersion).toMatchObject({ line: "22.2", source: "status" });
});

test("a PBX that shows no setting is said to leave its version open, unless it lacks what all but the oldest have", async () => {
  const silent = answersGet((answer) => Object.assign(answer, { body: Buffer.from("{}") }));
  await using later = await bench(silent);
  const only = ["info"];
  expect((await later.run({ only })).pbxVersion).toEqual({
    line: "22.2",
    source: "assumed",
    reason:
      "GET /call_park answers without one setting (200), so it does not show send_notification_to_parker, new in 22.6, and there is a /auth/refresh_token, new in 22.2",
  });
  await using oldest = await bench(silent, { version: "22.0" });
  expect((await oldest.run({ only })).pbxVersion).toMatchObject({ line: "22.0", source: "inferred" });
});

test("every check is listed once, with what it writes", () => {
  const ids = listChecks().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(listChecks().filter(({ id, level }) => id.startsWith("call_park.get.") && level !== "read")).toEqual([]);
});

test("--only takes ids and their beginnings, and refuses what is none", async () => {
  await using pbx = await bench();
  const report = await pbx.run({ only: ["call_park.get.authentication", "tenant.body"] });
  expect(report.checks.map(({ id }) => id)).toEqual([
    ...[
      "none",
      "empty",
      "malformed",
      "wrong",
      "other_scheme",
      "refresh_token",
      "altered",
      "cut",
      "lengthened",
      "other_case",
      "scheme",
    ].map((way) => `call_park.get.authentication.${way}`),
    "tenant.body",
  ]);
  await expect(pbx.run({ only: ["call_park.get.bod"] })).rejects.toThrow(
    "No check is called call_park.get.bod: listChecks() names them all, as callpark verify --list does",
  );
});

test("a write check alone is preceded by the PBX's own settings sent back", async () => {
  await using pbx = await bench();
  const report = await pbx.run({ only: ["call_park.post.malformed"], write: "full" });
  expect(report.checks.map(({ id, status }) => [id, status])).toEqual([
    ["call_park.post.own_settings", "passed"],
    ["call_park.post.malformed", "passed"],
  ]);
});
