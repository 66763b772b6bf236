import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { type Answer, edit, type Forwarded } from "../proxy.ts";
import { type GuardedBench, guardedBench } from "./places.ts";

const path = "/api/call_park_groups";
const answer = (status: number): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"errors":[{"code":"UNKNOWN","message":"no"}]}'),
});
const own = ["Sales"];
const namesOf = ({ sandbox }: GuardedBench) => (sandbox.state()[0]?.groups ?? []).map(({ name }) => name);
const isEnding = ({ method, path: at }: Forwarded) => method === "POST" && at.startsWith("/api/blobs/uploads");

/** What the groups are answered by from the first upload after the last check of them on. */
const endsWith = async (answers: (request: Forwarded) => Answer | undefined) => {
  let isBack = false;
  let isOff = false;
  let wereJoined = false;
  const pbx = await guardedBench({
    request: (request) => {
      wereJoined ||= /\/members\/\d+$/.test(request.path);
      isOff ||= wereJoined && isEnding(request);
      return isOff && !isBack && request.path.startsWith(path) ? answers(request) : undefined;
    },
  });
  return Object.assign(pbx, {
    isBack: () => {
      isBack = true;
    },
  });
};

test.each([404, 405, 410, 501])(
  "where all that is asked of groups is answered %i at the end, those that the run made are not called gone",
  async (status) => {
    await using pbx = await endsWith(() => answer(status));
    const report = await pbx.run({ write: "full" });
    expect([exitCodeOf(report), report.restore.status, namesOf(pbx).length]).toEqual([4, "failed", 5]);
    expect(report.restore.detail).toContain("The run's own call park groups could not be destroyed: ");
    expect((await pbx.restore()).status).toBe("failed");
    expect(namesOf(pbx).length).toBe(5);
    pbx.isBack();
    expect([(await pbx.restore()).status, namesOf(pbx), await pbx.files()]).toEqual(["restored", own, []]);
  },
);

test("groups that are listed, and answered 404 when they are to be destroyed, are not called gone", async () => {
  await using pbx = await endsWith(({ method, path: at }) =>
    method === "GET" && at.startsWith(`${path}?`) ? undefined : answer(404),
  );
  const report = await pbx.run({ write: "full" });
  expect([exitCodeOf(report), namesOf(pbx).length]).toEqual([4, 5]);
  pbx.isBack();
  expect([(await pbx.restore()).status, namesOf(pbx)]).toEqual(["restored", own]);
});

test("groups that the PBX has granted to destroy, and then does not find, are gone though it lists none any more", async () => {
  let wasDestroyed = false;
  await using pbx = await endsWith(({ method, path: at }) => {
    if (method === "GET" && at.startsWith(`${path}?`) && wasDestroyed) return answer(404);
    wasDestroyed ||= at.endsWith("/destroy");
    return undefined;
  });
  const report = await pbx.run({ write: "full" });
  expect([exitCodeOf(report), report.restore.status, namesOf(pbx)]).toEqual([0, "restored", own]);
});

test("a group that a check has destroyed, and the PBX goes on listing, is gone where it is not found", async () => {
  await using pbx = await guardedBench({}, { faults: ["call_park_groups.id.destroy.post.listed_after"] });
  const report = await pbx.run({ write: "full", only: ["call_park_groups"] });
  expect([exitCodeOf(report), report.restore.status, namesOf(pbx)]).toEqual([1, "restored", own]);
});

test("groups that are listed by other ids than they were made by are gone once they are destroyed by those", async () => {
  await using pbx = await guardedBench({
    answer: (given, { method, path: at }) => {
      if (method !== "GET" || at.split("?")[0] !== path || given.status !== 200) return;
      edit(given, ({ items }) => {
        for (const group of items as { id: string }[]) group.id += "x";
      });
    },
  });
  const report = await pbx.run({ write: "full", only: ["call_park_groups"] });
  expect([exitCodeOf(report), report.restore.status, namesOf(pbx)]).toEqual([1, "restored", own]);
});

test("a group of the tenant's that the PBX gives the run as one that it made is not written to", async () => {
  let theirs = "";
  await using pbx = await guardedBench({
    answer: (given, { method, path: at }) => {
      if (!at.startsWith(path)) return;
      if (method === "GET" && at === path && theirs === "") theirs = JSON.parse(given.body.toString()).items[0].id;
      if (method === "POST" && at === path && given.status === 201)
        edit(given, (body) => {
          body["id"] = theirs;
        });
    },
  });
  const before = pbx.sandbox.state();
  await pbx.run({ write: "full", only: ["call_park_groups"] });
  expect(pbx.sandbox.state()).toEqual(before);
  expect(pbx.proxy.requests.filter(({ method, path: at }) => method === "POST" && at.includes(theirs))).toEqual([]);
});
