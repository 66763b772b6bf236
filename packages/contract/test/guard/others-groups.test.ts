import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { edit, type Forwarded } from "../proxy.ts";
import { codes } from "../support.ts";
import { membersOf, opened, tenantOf, users } from "./members.ts";
import { type GuardedBench, guardedBench } from "./places.ts";

const before = { Sales: ["102", "103"], Old: ["110"] };
const uploads = "/api/blobs/uploads";

/** Somebody else writes to a group of the tenant's. */
const write = async ({ sandbox, token }: GuardedBench, group: string, path: string, body?: object): Promise<void> => {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const list = `${sandbox.apiUrl}/call_park_groups`;
  const { items } = (await (await fetch(list, { headers })).json()) as { items: { id: string; name: string }[] };
  const id = items.find(({ name }) => name === group)?.id;
  await fetch(`${list}/${id}${path}`, { method: "POST", headers, ...(body && { body: JSON.stringify(body) }) });
};

/** The same, once it is the turn of the run's first request that is so. */
const atFirst = async (isMoment: (request: Forwarded) => boolean, ...what: [string, string, object?]) => {
  let isDone = false;
  const pbx = await opened(tenantOf(users, before), {
    answer: async (_answer, request) => {
      if (isDone || request.method !== "POST" || !isMoment(request)) return;
      isDone = true;
      await write(pbx, ...what);
    },
  });
  return pbx;
};

const renamed = ["Old", "", { name: "Night desk", recall_to: "USER_ONLY" }] as const;
const { Old: old, ...rest } = before;
const changed = "call_park_groups.others_changed";

test.each([
  ["before the run writes to any", uploads],
  ["while the run writes to its own", "/api/call_park_groups/"],
])("a group that somebody gives a name of their own %s is noted, and held against nobody", async (_, path) => {
  await using pbx = await atFirst((request) => request.path.startsWith(path), ...renamed);
  const report = await pbx.run({ write: "full" });
  expect([codes(report), report.restore.status, exitCodeOf(report)]).toEqual([[], "restored", 0]);
  expect(report.notes).toEqual([
    "Somebody else has changed a call park group of the tenant during the run: Old is called Night desk now.",
  ]);
  expect([membersOf(pbx), await pbx.files()]).toEqual([{ ...rest, "Night desk": old }, []]);
});

test.each(["OLD", "Old (2)", "callpark", "Sales"])(
  "a group that is called %j now, as a PBX might have made it of another name, is a finding",
  async (name) => {
    await using pbx = await opened(tenantOf(users, before), {
      answer: (answer, request) => {
        if (!wasWritten(request) || request.method !== "GET" || !/call_park_groups(\?top=100)?$/.test(request.path))
          return;
        edit(answer, (body) => {
          const items = body["items"] as { name: string }[];
          // One that has to do with what the run has sent bears its name.
          const own = items.find((item) => item.name.startsWith("callpark-"))?.name ?? "Old";
          for (const item of items) if (item.name === "Old") item.name = name === "callpark" ? `${own} (2)` : name;
        });
      },
    });
    let isWritten = false;
    function wasWritten({ method, path }: Forwarded): boolean {
      isWritten ||= method === "POST" && path.startsWith("/api/call_park_groups/");
      return isWritten;
    }
    const report = await pbx.run({ write: "full", only: ["call_park_groups"] });
    expect([codes(report).includes(changed), exitCodeOf(report)]).toEqual([true, 4]);
    expect(membersOf(pbx)).toEqual(before);
  },
);

test("a user whom somebody puts into a group before the run puts any into its own is noted, and held against nobody", async () => {
  await using pbx = await atFirst(({ path }) => path.startsWith(uploads), "Sales", "/members/125");
  const report = await pbx.run({ write: "full" });
  expect([codes(report), report.restore.status, exitCodeOf(report)]).toEqual([[], "restored", 0]);
  expect(report.notes).toEqual([
    "Users were put into call park groups of the tenant during the run, and are left there: 125.",
  ]);
  expect(membersOf(pbx)).toEqual({ ...before, Sales: ["102", "103", "125"] });
});

// A PBX may do it for any write, once, and to send that again might destroy another.
test("a group that is gone during the run is a finding, whoever destroyed it", async () => {
  await using pbx = await atFirst(({ path }) => path.startsWith(uploads), "Old", "/destroy");
  const report = await pbx.run({ write: "full" });
  expect([[...new Set(codes(report))], exitCodeOf(report)]).toEqual([[changed], 4]);
});

test("where ids are counted for each tenant by itself, another tenant's group of the same id is left alone", async () => {
  let otherToken = "";
  let theirs = "";
  await using pbx = await guardedBench(
    {
      request: (request) => {
        if (request.headers.authorization === `Bearer ${otherToken}`)
          request.path = request.path.replace(/(?<=\/call_park_groups\/)[^/]+/, theirs);
        return undefined;
      },
    },
    { variants: ["access.other_numbers"] },
  );
  const stranger = pbx.sandbox.accounts.find(({ domain }) => domain === "globex.example");
  otherToken = (await pbx.sandbox.signIn(stranger)).accessToken;
  // The variant takes up its state at the first request.
  await (await fetch(`${pbx.sandbox.apiUrl}/nothing`)).arrayBuffer();
  theirs = String(pbx.sandbox.state()[1]?.groups[0]?.id);
  const was = pbx.sandbox.state();
  const report = await pbx.run({ only: ["call_park_groups"], write: "full" }, { otherToken });
  expect([codes(report), exitCodeOf(report), pbx.sandbox.state()]).toEqual([[], 0, was]);
});
