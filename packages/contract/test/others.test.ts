import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { type Bench, bench, codes, statusOf } from "./support.ts";

const list = "/call_park_groups";

/** A PBX on which somebody else does this to the one group that there is, right after it was listed first. */
const disturbed = async (path: string, body?: Record<string, unknown>): Promise<Bench> => {
  let isDone = false;
  const pbx: Bench = await bench({
    answer: async (answer, request) => {
      if (isDone || request.method !== "GET" || !request.path.endsWith(list)) return;
      isDone = true;
      const { id } = JSON.parse(answer.body.toString()).items[0];
      const done = await fetch(`${pbx.sandbox.apiUrl}${list}/${id}${path}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${pbx.token}`, "Content-Type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!done.ok) throw new Error(`The sandbox answered ${done.status}`);
    },
  });
  return pbx;
};

const shows = "call_park_groups.show.body";
const members = "call_park_groups.members.body";
const only = [shows, members];

test("a group that somebody else renames while it is looked at is no finding", async () => {
  await using pbx = await disturbed("", { name: "Renamed", recall_to: "USER_ONLY" });
  const report = await pbx.run({ only });
  expect([codes(report), exitCodeOf(report)]).toEqual([[], 0]);
  expect(only.map((id) => statusOf(report, id))).toEqual(["passed", "passed"]);
});

test("a group that somebody else destroys while it is looked at is no finding", async () => {
  await using pbx = await disturbed("/destroy");
  const report = await pbx.run({ only });
  expect([codes(report), exitCodeOf(report)]).toEqual([[], 0]);
  expect(only.map((id) => report.checks.find((check) => check.id === id)?.reason)).toEqual([
    "What was listed of the call park groups is gone: somebody else is at work.",
    "The tenant has no call park groups, or has them no more.",
  ]);
});
