import { exitCodeOf, type VerifyOptions } from "@callpark/contract";
import { expect, test } from "vitest";
import type { Answer, Forwarded } from "../proxy.ts";
import { codes, statusOf } from "../support.ts";
import { isMembers, joined, membersOf, opened, putIn, takeOut, tenantOf, users } from "./members.ts";

const life = "call_park_groups.members.life";
const changed = "call_park_groups.members.others_changed";
const full: VerifyOptions = { write: "full", only: ["call_park_groups", "call_park.get.always"] };
const before = { Sales: ["102", "103"] };
const moves = ["left_open.member_moved"];

type Moment = (request: Forwarded, answer: Answer) => boolean;

/** A PBX that moves who is in another group, on which somebody puts a user into Sales at that moment. */
const disturbed = async (isMoment: Moment, number = "104") => {
  let isDone = false;
  const pbx = await opened(
    tenantOf(users, before),
    {
      answer: async (answer, request) => {
        if (isDone || !isMoment(request, answer)) return;
        isDone = true;
        await putIn(pbx, "Sales", number);
      },
    },
    { variants: moves },
  );
  return pbx;
};

test("whoever somebody puts into a group after its members were read is left there, and another user is taken", async () => {
  await using pbx = await disturbed(isMembers);
  const report = await pbx.run(full);
  expect([codes(report), statusOf(report, life), exitCodeOf(report)]).toEqual([[], "passed", 0]);
  expect(report.notes).toContain(
    "Users were put into call park groups of the tenant during the run, and are left there: 104.",
  );
  expect(joined(pbx)[0]).toBe("105");
  expect(membersOf(pbx)).toEqual({ Sales: ["102", "103", "104"] });
});

const answers =
  (method: string, end: RegExp, status: number): Moment =>
  (request, answer) =>
    request.method === method && end.test(request.path) && answer.status === status;

/** The last but one of the run's groups is destroyed with 104 in it. */
const isDestroyedWithMember = (): Moment => {
  let group = "";
  return ({ method, path }, { status }) => {
    if (method === "POST" && status === 200) group = /([^/]+)\/members\/104$/.exec(path)?.[1] ?? group;
    return method === "POST" && status === 204 && group !== "" && path.endsWith(`/${group}/destroy`);
  };
};

test.each<[string, Moment]>([
  ["has joined a group of the run's", answers("POST", /\/members\/104$/, 200)],
  ["has left a group of the run's", answers("POST", /\/members\/104\/destroy$/, 204)],
  ["was in a group of the run's that is destroyed", isDestroyedWithMember()],
])("a user whom somebody puts into a group once that user %s is left there, and that is said", async (_, isMoment) => {
  await using pbx = await disturbed(isMoment);
  const report = await pbx.run(full);
  expect([codes(report), report.restore.status, exitCodeOf(report)]).toEqual([[], "restored", 0]);
  expect(report.notes).toContain("User 104 is in a call park group of the tenant by now, and is left there.");
  expect(membersOf(pbx)).toEqual({ Sales: ["102", "103", "104"] });
  expect(await pbx.files()).toEqual([]);
});

test("a second user whom somebody puts into a group before that user joins the run's is left there, and that is said", async () => {
  await using pbx = await disturbed(answers("POST", /\/members\/104$/, 200), "105");
  const report = await pbx.run(full);
  expect([codes(report), report.restore.status, exitCodeOf(report)]).toEqual([[], "restored", 0]);
  expect(report.notes).toContain("User 105 is in a call park group of the tenant by now, and is left there.");
  expect(membersOf(pbx)).toEqual({ Sales: ["102", "103", "105"] });
});

test("of a PBX that moves users it is said who may have been put into a group unseen", async () => {
  await using pbx = await opened(tenantOf(users, before), {}, { variants: moves });
  const report = await pbx.run(full);
  expect([report.notes, exitCodeOf(report)]).toEqual([
    [
      "This PBX takes users out of their call park group when they join another. 104, 105 joined the run's own, and had been seen in none right before: see that they are where they should be, should somebody have put them into one at that very moment.",
    ],
    0,
  ]);
});

test("a PBX that puts whoever leaves a group into one of the tenant's is found out", async () => {
  await using pbx = await opened(tenantOf(users, before), {
    answer: async ({ status }, { method, path }) => {
      const left = /\/members\/(\d+)\/destroy$/.exec(path)?.[1];
      if (method === "POST" && status === 204 && left !== undefined) await putIn(pbx, "Sales", left);
    },
  });
  const report = await pbx.run(full);
  expect([codes(report).includes(changed), report.restore.status, exitCodeOf(report)]).toEqual([true, "failed", 4]);
  for (const number of ["104", "105"]) await takeOut(pbx, "Sales", number);
  expect(membersOf(pbx)).toEqual(before);
});

test("of the only user who is in no group it cannot be told who put them into one: that is a finding", async () => {
  let isDone = false;
  await using pbx = await opened(
    tenantOf(["102", "103", "104"], before),
    {
      answer: async ({ status }, { method, path }) => {
        if (isDone || method !== "POST" || status !== 204 || !path.endsWith("/members/104/destroy")) return;
        isDone = true;
        await putIn(pbx, "Sales", "104");
      },
    },
    { variants: moves },
  );
  const report = await pbx.run(full);
  expect([codes(report), exitCodeOf(report)]).toEqual([[changed], 4]);
  expect(membersOf(pbx)).toEqual({ Sales: ["102", "103", "104"] });
});

test("whoever a PBX takes out of a group of the tenant's as it destroys another is missed, and that is a finding", async () => {
  const faults = ["call_park_groups.id.destroy.post.beyond.member_of_another"];
  await using pbx = await opened(tenantOf(users, before), {}, { faults });
  const report = await pbx.run(full);
  expect([codes(report), exitCodeOf(report)]).toEqual([[changed], 4]);
});
