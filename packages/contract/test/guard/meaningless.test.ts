import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import { ringGroup } from "../lawful/variation.ts";
import { edit, type Faults, isCallPark } from "../proxy.ts";
import { type GuardedBench, guardedBench, times } from "./places.ts";

const safe = { write: "safe", only: times } as const;

type Settings = Record<string, unknown>;

/** A PBX that begins with these settings, on which somebody changes something right after the nth request of this kind. */
const edited = async (
  begin: Settings,
  change: Settings,
  isPlace: Parameters<typeof isCallPark>[1] | ((body: Settings) => boolean),
  { nth = 1, ...faults }: Faults & { nth?: number } = {},
): Promise<GuardedBench> => {
  let left: number | undefined;
  const pbx = await guardedBench({
    ...faults,
    answer: async (answer, request) => {
      await faults.answer?.(answer, request);
      const isIt =
        typeof isPlace === "string"
          ? isCallPark(request, isPlace)
          : isCallPark(request, "POST") && isPlace(JSON.parse(request.body.toString()));
      if (left === undefined || !isIt) return;
      left -= 1;
      if (left === 0) await pbx.change(change);
    },
  });
  await pbx.change(begin);
  left = nth;
  return pbx;
};

const setsTime = (body: Settings) => body["recall_time"] === 60;
const off = { enabled: false };
const number = { extension_number: "777" };

test("F58: a server that is off, whose number somebody changes before the first write, is not written to", async () => {
  await using pbx = await edited(off, number, "GET", { nth: 3 });
  const report = await pbx.run(safe);
  expect(pbx.proxy.requests.filter((request) => isCallPark(request, "POST"))).toEqual([]);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["not-needed", 1]);
  expect(report.checks[0]?.reason).toBe(
    "Somebody else changed the call park settings during the run (extension_number): nothing more is written",
  );
  expect(await pbx.settings()).toMatchObject({ ...off, ...number });
});

test.each<[string, Settings, Settings]>([
  ["another number for a server that is off", off, number],
  ["no number for a server that is off", off, { extension_number: null }],
  ["a number for a server that is off and had none", { ...off, extension_number: null }, number],
  ["off and another number", {}, { ...off, ...number }],
])("F58: somebody who sets %s while the run writes has theirs in the end", async (_, begin, change) => {
  await using pbx = await edited(begin, change, setsTime);
  const report = await pbx.run(safe);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(report.restore.detail).toMatch(
    /^Somebody else changed the call park settings during the run \(.*extension_number.*\): theirs is left as it is/,
  );
  expect(await pbx.settings()).toMatchObject({ ...begin, ...change });
  expect(await pbx.restore()).toMatchObject({ status: "failed" });
  expect(await pbx.settings()).toMatchObject({ ...begin, ...change });
});

test("F58: somebody who chooses a ring group in USER_ONLY while the run writes has theirs in the end", async () => {
  const change: Settings = {};
  await using pbx = await edited({}, change, setsTime);
  change["ring_group_id"] = await ringGroup(pbx);
  const report = await pbx.run(safe);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(await pbx.settings()).toMatchObject({ recall_to: "USER_ONLY", ...change });
});

/** What the PBX shows for the number of a server that is off. */
const showing = (value: string | null): Faults => ({
  answer: (answer, request) => {
    if (isCallPark(request, "GET") && answer.status === 200)
      edit(answer, (body) => body["enabled"] === false && Object.assign(body, { extension_number: value }));
  },
});

test.each<[string, number]>([
  ["writes", 60],
  ["sends what must be refused", 901],
])(
  "F58: somebody who turns a server off that hides its number then, while the run %s, keeps the number",
  async (...row) => {
    const [, time] = row;
    await using pbx = await edited({}, off, (body) => body["recall_time"] === time, showing(null));
    const report = await pbx.run(safe);
    expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
    expect(await pbx.settings()).toMatchObject({ ...off, extension_number: "666" });
  },
);

test.each([null, "000"])("a run that turns a server off whose number reads %s then puts all back", async (value) => {
  await using pbx = await guardedBench(showing(value));
  const before = await pbx.settings();
  const report = await pbx.run({ write: "full", only: ["call_park.post.enabled", "call_park.post.extension_number"] });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["restored", 0]);
  expect(await pbx.settings()).toEqual(before);
});
