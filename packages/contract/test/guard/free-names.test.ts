import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { type Answer, edit, type Forwarded } from "../proxy.ts";
import { codes } from "../support.ts";
import { type GuardedBench, guardedBench } from "./places.ts";

const path = "/api/call_park_groups";
const only = ["call_park_groups"];
const namesOf = ({ sandbox }: GuardedBench) => (sandbox.state()[0]?.groups ?? []).map(({ name }) => String(name));

type Moment = (request: Forwarded, answer: Answer) => boolean;

/** Somebody makes a group by that name once the run's request of that moment is answered. */
const disturbed = async (name: string, isMoment: Moment) => {
  let made: string | undefined;
  const pbx = await guardedBench({
    answer: async (answer, request) => {
      if (made !== undefined || !isMoment(request, answer)) return;
      made = "";
      const given = await fetch(`${pbx.sandbox.apiUrl}/call_park_groups`, {
        method: "POST",
        headers: { Authorization: `Bearer ${pbx.token}`, "Content-Type": "application/json" },
        body: JSON.stringify({ name, recall_to: "USER_ONLY" }),
      });
      made = ((await given.json()) as { id: string }).id;
    },
  });
  return Object.assign(pbx, { made: () => made });
};

const isRefused: Moment = ({ method, path: at, body }, { status }) =>
  method === "POST" && at === path && status === 400 && body.toString().includes('"name":7');
const isDestroyed: Moment = ({ method, path: at }, { status }) =>
  method === "POST" && at.startsWith(path) && at.endsWith("/destroy") && status === 404;
const isListedNext: Moment = (() => {
  let isNext = false;
  return (request, answer) => {
    const was = isNext;
    isNext ||= isDestroyed(request, answer);
    return was && request.path.startsWith(`${path}?`);
  };
})();
const isJoined: Moment = ({ path: at }, { status }) => /\/members\/\d+$/.test(at) && status === 200;

test.each([
  ["7", "right after the list that lacks it", isListedNext],
  ["x", "while users are joined to groups", isJoined],
])("somebody's group called %j, a name that the run has sent, that is made %s is left", async (name, _, isMoment) => {
  await using pbx = await disturbed(name, isMoment);
  const report = await pbx.run({ write: "full", only });
  expect([codes(report), report.restore.status, exitCodeOf(report)]).toEqual([[], "restored", 0]);
  expect([namesOf(pbx), await pbx.files()]).toEqual([["Sales", name], []]);
});

/** The group that was called "x" is shown by the name that it got next. */
const isRenamed: Moment = (() => {
  const renamed = new Set<string>();
  return ({ method, path: at, body }, { status }) => {
    if (method === "POST" && status === 200 && body.toString().includes("-new")) renamed.add(at);
    return method === "GET" && renamed.has(at);
  };
})();

test.each<[string, string, Moment]>([
  ["7", "before any list shows that it is not there", isRefused],
  ["x", "before any list shows that it is free", isRenamed],
])("somebody's group called %j that is made %s is left, and told of", async (name, _, isMoment) => {
  await using pbx = await disturbed(name, isMoment);
  const report = await pbx.run({ write: "full", only });
  expect([report.restore.status, exitCodeOf(report), namesOf(pbx)]).toEqual(["failed", 4, ["Sales", name]]);
  expect(report.restore.detail).toBe(
    `Left as they are, as they may be the run's own or somebody else's: the call park groups "${name}" (${pbx.made()}). Destroy by hand those that nobody knows, then restore again. The tenant's own settings are as they were, by two equal readings.`,
  );
  expect([(await pbx.restore()).status, namesOf(pbx), await pbx.files()]).toEqual(["restored", ["Sales", name], []]);
});

test("a PBX that says of no group by which id it made it has all of them destroyed by their names", async () => {
  await using pbx = await guardedBench({
    answer: (given, { method, path: at }) => {
      if (method !== "POST" || at !== path || given.status !== 201) return;
      edit(given, (body) => {
        delete body["id"];
      });
    },
  });
  const report = await pbx.run({ write: "full", only });
  expect([report.restore.status, exitCodeOf(report), namesOf(pbx)]).toEqual(["restored", 1, ["Sales"]]);
});
