import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { isCallPark } from "../proxy.ts";
import { codes } from "../support.ts";
import { membersOf, opened, putIn, takeOut, tenantOf, users } from "./members.ts";
import { type GuardedBench, guardedBench, times } from "./places.ts";

const safe = { write: "safe", only: times } as const;
const list = "/call_park_groups";
const settingsAreBack = "The tenant's own settings are as they were, by two equal readings.";
const told = (tale: string) =>
  `Call park groups of the tenant are not as before the run, which writes to none of them: ${tale}. That is the PBX's doing, or somebody else's: put right by hand what nobody meant. ${settingsAreBack}`;

const ask = async ({ sandbox, token }: GuardedBench, path: string, body?: object) => {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(`${sandbox.apiUrl}${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return JSON.parse((await answer.text()) || "{}");
};
const firstOf = async (pbx: GuardedBench, path: string): Promise<string> => (await ask(pbx, path)).items[0].id;

/** A tenant whose group Sales, of user 1003, is to its first ring group. */
const withSales = async (fault: string) => {
  const pbx = await guardedBench({}, { faults: [`call_park.post.beyond.${fault}`] });
  const [id, ringGroup] = [await firstOf(pbx, list), await firstOf(pbx, "/ring_groups")];
  const sales = { name: "Sales", recall_to: "RING_GROUP_ONLY", ring_group_id: ringGroup };
  await ask(pbx, `${list}/${id}`, sales);
  return { pbx, id, ringGroup, sales };
};

test("a safe run sees that the PBX destroys a group, and restore does so too until it is there again", async () => {
  const { pbx, id, ringGroup, sales } = await withSales("refused_drops_group");
  await using _ = pbx;
  const report = await pbx.run(safe);
  expect([codes(report), exitCodeOf(report)]).toEqual([["call_park_groups.others_changed"], 4]);
  const detail = told(
    `"Sales" (${id}) is gone, which had recall_to "RING_GROUP_ONLY", ring_group_id "${ringGroup}", the members 1003`,
  );
  const command = `npx callpark restore --url ${pbx.proxy.url}/api --keep-current`;
  expect(report.restore).toEqual({ status: "failed", detail, command });
  expect((await pbx.restore()).result).toEqual({ status: "failed", detail, command });
  const again = (await ask(pbx, list, sales)).id;
  expect((await pbx.restore()).result?.detail).toBe(told(`"Sales" (${id}): the members were 1003 and are none`));
  await ask(pbx, `${list}/${again}/members/1003`, {});
  expect([(await pbx.restore()).status, await pbx.files()]).toEqual(["restored", []]);
});

test("what a full run says of a group that the PBX has changed, restore says too, until it is to stay", async () => {
  const { pbx, id } = await withSales("recall_to_of_groups");
  await using _ = pbx;
  const report = await pbx.run({ write: "full", only: ["call_park_groups.destroy"] });
  const detail = told(`"Sales" (${id}): recall_to was "RING_GROUP_ONLY" and is "USER_ONLY"`);
  expect([exitCodeOf(report), report.restore.detail]).toEqual([4, detail]);
  for (const __ of ["once", "and again"]) expect((await pbx.restore()).result?.detail).toBe(detail);
  expect([(await pbx.restore({ keepCurrent: true })).status, await pbx.files()]).toEqual(["restored", []]);
});

test("the journal of a run that was killed has the groups: a restore names what has changed since, whoever did it", async () => {
  const stateDir = await mkdtemp(join(tmpdir(), "callpark-killed-"));
  let isKept = false;
  await using pbx = await opened(tenantOf(users, { Sales: ["102"], Old: [] }), {
    answer: async (_, request) => {
      if (isKept || !isCallPark(request, "POST")) return;
      isKept = true;
      await cp(pbx.stateDir, stateDir, { recursive: true, filter: (name) => !/(^|\/|\.)lock$/.test(name) });
    },
  });
  expect(exitCodeOf(await pbx.run(safe))).toBe(0);
  const [sales, old] = (await ask(pbx, list)).items.map(({ id }: { id: string }) => id);
  await ask(pbx, `${list}/${old}`, { name: "Night desk", recall_to: "USER_ONLY" });
  await putIn(pbx, "Sales", "110");
  expect((await pbx.restore({ stateDir })).result?.detail).toBe(
    told(
      `"Sales" (${sales}): the members were 102 and are 102, 110; "Old" (${old}): name was "Old" and is "Night desk"`,
    ),
  );
  await takeOut(pbx, "Sales", "110");
  await ask(pbx, `${list}/${old}`, { name: "Old", recall_to: "USER_ONLY" });
  expect((await pbx.restore({ stateDir })).status).toBe("restored");
  await rm(stateDir, { recursive: true });
});

test("who is gone from a group after a safe run is a finding; who has come is noted", async () => {
  for (const [act, number, found, exit, notes] of [
    [takeOut, "103", ["call_park_groups.members.others_changed"], 4, []],
    [
      putIn,
      "110",
      [],
      0,
      ["Users were put into call park groups of the tenant during the run, and are left there: 110."],
    ],
  ] as const) {
    let isDone = false;
    await using pbx = await opened(tenantOf(users, { Sales: ["102", "103"] }), {
      answer: async (_, request) => {
        if (isDone || !isCallPark(request, "POST")) return;
        isDone = true;
        await act(pbx, "Sales", number);
      },
    });
    const report = await pbx.run(safe);
    expect([codes(report), exitCodeOf(report), report.notes]).toEqual([found, exit, notes]);
    expect(membersOf(pbx)).toEqual({ Sales: act === putIn ? ["102", "103", "110"] : ["102"] });
  }
});

test("where the PBX has no groups there is nothing to see", async () => {
  await using pbx = await guardedBench({
    request: ({ path }) =>
      path.startsWith(`/api${list}`)
        ? { status: 404, headers: { "content-type": "application/json" }, body: Buffer.from('{"errors":[]}') }
        : undefined,
  });
  const report = await pbx.run(safe);
  expect([codes(report), exitCodeOf(report), report.notes, report.restore.status]).toEqual([[], 0, [], "restored"]);
});
