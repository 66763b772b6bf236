import { exitCodeOf, type Report, type VerifyOptions } from "@callpark/contract";
import { expect, test } from "vitest";
import { edit, type Faults, type Forwarded } from "../proxy.ts";
import { codes, statusOf } from "../support.ts";
import {
  fourGroups,
  isMembers,
  joined,
  joining,
  membersOf,
  numbered,
  opened,
  takeOut,
  tenantOf,
  users,
} from "./members.ts";

const life = "call_park_groups.members.life";
const full: VerifyOptions = { write: "full", only: [life, "call_park.get.always"] };
const moves = ["left_open.member_moved"];

const reasonOf = (report: Report) => report.checks.find(({ id }) => id === life)?.reason;

test.each([
  ["refuses them", []],
  ["moves them", moves],
])("a PBX that %s who are in another group: no member of any group is touched", async (_, variants) => {
  await using pbx = await opened(tenantOf(users, fourGroups), {}, { variants });
  const report = await pbx.run(full);
  expect([statusOf(report, life), codes(report), exitCodeOf(report)]).toEqual(["passed", [], 0]);
  expect(membersOf(pbx)).toEqual(fourGroups);
  expect(joined(pbx).filter((number) => Object.values(fourGroups).flat().includes(number))).toEqual([]);
});

/** Members come in pages, with how many there are or without. */
const inPages = (size: number, isCounted: boolean): Faults => ({
  answer: (answer, request) => {
    if (!isMembers(request) || answer.status !== 200) return;
    const skip = Number(new URL(request.path, "http://pbx").searchParams.get("skip") ?? 0);
    edit(answer, (body) => {
      const items = body["items"] as unknown[];
      Object.assign(body, { items: items.slice(skip, skip + size), ...(isCounted && { count: items.length }) });
    });
  },
});

test.each([
  ["counts them", 50, true],
  ["does not count them", 100, false],
])("members of a PBX that lists them in pages and %s are read to the last", async (_, size, isCounted) => {
  const groups = { Sales: numbered(101, 205).filter((number) => number !== "104") };
  await using pbx = await opened(tenantOf(["104", ...groups.Sales, "300"], groups), inPages(size, isCounted), {
    variants: moves,
  });
  const report = await pbx.run(full);
  expect([statusOf(report, life), exitCodeOf(report), joined(pbx)[0]]).toEqual(["passed", 0, "104"]);
  expect(membersOf(pbx)).toEqual(groups);
});

test("where the members take more than 20 requests to read no user is put into a group, and the limit is said", async () => {
  const groups = Object.fromEntries(numbered(101, 121).map((number) => [`Group ${number}`, [number]]));
  await using pbx = await opened(tenantOf(users, groups), {}, { variants: moves });
  const report = await pbx.run(full);
  expect([statusOf(report, life), reasonOf(report), joined(pbx), exitCodeOf(report)]).toEqual([
    "skipped",
    "Who is in no call park group is not known: to read all their members takes more than 20 requests.",
    [],
    0,
  ]);
  expect(pbx.proxy.requests.filter(isMembers).length).toBeLessThan(20);
  expect(membersOf(pbx)).toEqual(groups);
});

test("20 groups are read, and a user who is in none of them is found", async () => {
  const groups = Object.fromEntries(numbered(101, 120).map((number) => [`Group ${number}`, [number]]));
  await using pbx = await opened(tenantOf(users, groups), {}, { variants: moves });
  const report = await pbx.run(full);
  expect([statusOf(report, life), exitCodeOf(report), joined(pbx)[0]]).toEqual(["passed", 0, "121"]);
  expect(membersOf(pbx)).toEqual(groups);
});

test("where every user is in a group none is put into another", async () => {
  await using pbx = await opened(tenantOf(["101", "102", "103", "110", "120"], fourGroups), {}, { variants: moves });
  const report = await pbx.run(full);
  expect([statusOf(report, life), reasonOf(report), joined(pbx)]).toEqual([
    "skipped",
    "No user was found who is in no call park group.",
    [],
  ]);
  expect(membersOf(pbx)).toEqual(fourGroups);
});

test("where the members of one group are not shown no user is put into another", async () => {
  let group: string | undefined;
  await using pbx = await opened(
    tenantOf(users, fourGroups),
    {
      answer: (answer, request) => {
        if (request.method === "GET" && request.path.endsWith("/call_park_groups"))
          group ??= JSON.parse(answer.body.toString()).items.at(-1).id;
        if (group !== undefined && isMembers(request) && request.path.includes(encodeURIComponent(group)))
          Object.assign(answer, { status: 403, body: Buffer.from('{"errors":[{"code":"FORBIDDEN","message":"no"}]}') });
      },
    },
    { variants: moves },
  );
  const report = await pbx.run(full);
  expect([statusOf(report, life), reasonOf(report), joined(pbx)]).toEqual([
    "skipped",
    expect.stringMatching(/^GET \/call_park_groups\/.+\/members is not for this user \(403\)\.$/),
    [],
  ]);
  expect(membersOf(pbx)).toEqual(fourGroups);
});

/** What happens to the first request that puts somebody into a group. */
const atFirstJoin = (happens: (request: Forwarded) => void | Promise<void>): NonNullable<Faults["request"]> => {
  let isDone = false;
  return async (request) => {
    if (isDone || request.method !== "POST" || !joining.test(request.path)) return undefined;
    isDone = true;
    await happens(request);
    return undefined;
  };
};

/** It is taken for another's number. */
const mistakenFor =
  (number: string) =>
  (request: Forwarded): void => {
    request.path = request.path.replace(/\d+$/, number);
  };

const changed = "call_park_groups.members.others_changed";

test("a user who is moved out of a group of the tenant's all the same is put back, and that is told", async () => {
  const request = atFirstJoin(mistakenFor("102"));
  await using pbx = await opened(tenantOf(users, fourGroups), { request }, { variants: moves });
  const report = await pbx.run(full);
  expect(membersOf(pbx)).toEqual(fourGroups);
  expect([codes(report).includes(changed), report.restore.status, exitCodeOf(report)]).toEqual([true, "restored", 1]);
});

test.each([
  ["refuses", []],
  ["moves", moves],
])("a run that is cut off when a user has been moved is finished by restore, on a PBX that %s", async (_, variants) => {
  let moved: Forwarded | undefined;
  let isDown = false;
  const joins = atFirstJoin(async (request) => {
    mistakenFor("102")(request);
    // A PBX that refuses who is in another group has lost them from it.
    if (variants.length === 0) await takeOut(pbx, "Sales", "102");
    moved = request;
  });
  await using pbx = await opened(
    tenantOf(users, fourGroups),
    {
      request: (request) => {
        if (isDown) throw new Error("down");
        return joins(request);
      },
      answer: (_answer, request) => {
        if (request === moved) isDown = true;
      },
    },
    { variants },
  );
  const report = await pbx.run(full);
  expect([exitCodeOf(report), membersOf(pbx)["Sales"]]).toEqual([4, ["103"]]);
  isDown = false;
  expect(await pbx.restore()).toMatchObject({ status: "restored" });
  expect([membersOf(pbx), await pbx.files()]).toEqual([fourGroups, []]);
});

test("whom somebody else takes out of a group meanwhile is left out of it", async () => {
  const request = atFirstJoin(() => takeOut(pbx, "Sales", "102"));
  await using pbx = await opened(tenantOf(users, fourGroups), { request });
  const report = await pbx.run(full);
  expect([codes(report), exitCodeOf(report)]).toEqual([[changed], 4]);
  expect(membersOf(pbx)).toEqual({ ...fourGroups, Sales: ["103"] });
});

test("members that cannot be read again are said to be unknown, not changed", async () => {
  let isJoined = false;
  await using pbx = await opened(tenantOf(users, fourGroups), {
    request: (request) => {
      isJoined ||= request.method === "POST" && joining.test(request.path);
      return undefined;
    },
    answer: (answer, request) => {
      // Of the run's own groups, which come after, they still can.
      if (!isJoined || !isMembers(request) || request.method !== "GET") return;
      if (
        JSON.parse(answer.body.toString()).items?.some(
          ({ extension_number: one }: { extension_number: string }) => one === "102",
        )
      )
        Object.assign(answer, { status: 403, body: Buffer.from('{"errors":[{"code":"FORBIDDEN","message":"no"}]}') });
    },
  });
  const report = await pbx.run(full);
  expect([codes(report).includes(changed), exitCodeOf(report)]).toEqual([false, 4]);
  expect(report.restore.detail).toContain("could not be read again (status 403), so whether they are as before");
});

test("restore finishes though the group that a user was moved out of is gone since", async () => {
  let isDown = false;
  let moved: Forwarded | undefined;
  const joins = atFirstJoin((request) => {
    mistakenFor("102")(request);
    moved = request;
  });
  await using pbx = await opened(
    tenantOf(users, fourGroups),
    {
      request: (request) => {
        if (isDown) throw new Error("down");
        return joins(request);
      },
      answer: (_answer, request) => {
        if (request === moved) isDown = true;
      },
    },
    { variants: moves },
  );
  await pbx.run(full);
  isDown = false;
  const list = await fetch(`${pbx.sandbox.apiUrl}/call_park_groups`, {
    headers: { Authorization: `Bearer ${pbx.token}` },
  });
  const { items } = (await list.json()) as { items: { id: string; name: string }[] };
  const sales = items.find(({ name }) => name === "Sales")?.id ?? "";
  await fetch(`${pbx.sandbox.apiUrl}/call_park_groups/${encodeURIComponent(sales)}/destroy`, {
    method: "POST",
    headers: { Authorization: `Bearer ${pbx.token}` },
  });
  const { result } = await pbx.restore();
  expect(result?.detail).toBe(
    `Call park groups of the tenant are not as before the run, which writes to none of them: "Sales" (${sales}) is gone, which had recall_to "USER_ONLY", ring_group_id null, the members 102, 103. That is the PBX's doing, or somebody else's: put right by hand what nobody meant. The tenant's own settings are as they were, by two equal readings.`,
  );
  expect(await pbx.restore({ keepCurrent: true })).toMatchObject({ status: "restored" });
  const { Sales: _, ...left } = fourGroups;
  expect([membersOf(pbx), await pbx.files()]).toEqual([left, []]);
});
