import { cp, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { exitCodeOf, unfinishedRuns } from "@callpark/contract";
import { restorationReport } from "@callpark/contract/reporters";
import { expect, test } from "vitest";
import { restoreParts } from "../../src/reporters/restore.ts";
import { type Answer, type Faults, type Forwarded, isCallPark } from "../proxy.ts";
import { type GuardedBench, guardedBench, times } from "./places.ts";

const safe = { write: "safe", only: times } as const;

/** A run during which somebody changes a setting once, right after the PBX has answered its request of that number. */
const edited = async (after: number, change: Record<string, unknown>) => {
  let count = 0;
  const pbx = await guardedBench({
    answer: async () => {
      count += 1;
      if (count === after) await pbx.change(change);
    },
  });
  return pbx;
};

const posts = ({ proxy }: GuardedBench) => proxy.requests.filter((request) => isCallPark(request, "POST"));

test("F58: what somebody changes between the first reading and the first write stops the run before it writes", async () => {
  await using undisturbed = await guardedBench();
  await undisturbed.run(safe);
  const first = undisturbed.proxy.requests.findIndex(({ method }) => method === "POST");
  // The last reading before the first write is the one that the change comes before.
  await using pbx = await edited(first - 1, { recall_time: 555 });
  const report = await pbx.run(safe);
  expect(posts(pbx)).toEqual([]);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["not-needed", 1]);
  expect(report.checks[0]?.reason).toBe(
    "Somebody else changed the call park settings during the run (recall_time): nothing more is written",
  );
  expect([(await pbx.settings())["recall_time"], await pbx.files()]).toEqual([555, []]);
});

/** The readings that no POST follows at once: no reading can tell what happens between itself and the next request. */
const readingsBeforeReadings = async (): Promise<number[]> => {
  await using undisturbed = await guardedBench();
  await undisturbed.run(safe);
  const { requests } = undisturbed.proxy;
  const first = requests.findIndex(({ method }) => method === "POST");
  // At the end the groups are looked at, after the settings.
  const isReading = (one: Forwarded) => one.method === "GET" && !one.path.startsWith("/api/call_park_groups");
  return requests.flatMap((_, index) =>
    index > first && requests.slice(index, index + 2).filter(isReading).length === 2 ? [index + 1] : [],
  );
};

test("F58: what somebody changes right after a reading of the run's is left as theirs, and can stay", async () => {
  // After the last but one, all has been put back: what comes then is found by the proof.
  for (const place of (await readingsBeforeReadings()).slice(0, -1)) {
    await using pbx = await edited(place, { recall_time: 555 });
    const report = await pbx.run(safe);
    expect([place, report.restore.status, exitCodeOf(report)]).toEqual([place, "failed", 4]);
    expect(report.restore).toMatchObject({ before: { recall_time: 300 }, now: { recall_time: 555 } });
    expect((await unfinishedRuns(pbx.stateDir)).runs).toHaveLength(1);
    expect(await pbx.restore()).toMatchObject({ status: "failed", result: { now: { recall_time: 555 } } });
    expect((await pbx.settings())["recall_time"]).toBe(555);
    const { kept } = await pbx.restore({ keepCurrent: true });
    expect(kept?.byOthers).toEqual([{ name: "recall_time", was: 300, now: 555 }]);
    expect([(await pbx.settings())["recall_time"], await pbx.files()]).toEqual([555, []]);
  }
});

test("F58: a conflict shows what was there, what the run had left, and what is there now", async () => {
  const [place = 0] = await readingsBeforeReadings();
  await using pbx = await edited(place, { extension_number: "777" });
  const { restore } = await pbx.run(safe);
  expect(restore).toMatchObject({
    status: "failed",
    detail: expect.stringContaining(
      "Somebody else changed the call park settings during the run (extension_number): theirs is left as it is",
    ),
    before: { recall_time: 300, extension_number: "666" },
    ours: { recall_time: expect.any(Number), extension_number: "666" },
    now: { extension_number: "777" },
    command: `npx callpark restore --url ${pbx.proxy.url}/api`,
  });
  const { recall_time, recall_ring_group_time } = restore.ours as Record<string, unknown>;
  expect((restore.now as Record<string, unknown>)["recall_time"]).toBe(recall_time);
  expect(restoreParts(restore)).toContainEqual([
    "Of that, still as the run set it",
    `recall_time: ${recall_time}, was 300\nrecall_ring_group_time: ${recall_ring_group_time}, was 300`,
  ]);
  const lines = restorationReport(await pbx.restore({ keepCurrent: true })).split("\n");
  expect(lines).toEqual([
    expect.stringMatching(
      /^Not put back, as you wished, and done with: run \S+ of \S+ on \S+, tenant Acme\. The settings are left as they are now\.$/,
    ),
    "  Left as the run set it:",
    `    recall_time: ${recall_time}, was 300`,
    `    recall_ring_group_time: ${recall_ring_group_time}, was 300`,
    "  Left as somebody else, or the PBX by itself, set it:",
    '    extension_number: "777", was "666"',
    "",
  ]);
});

test("F58: somebody who puts back what the run changed is no conflict", async () => {
  await using pbx = await guardedBench({
    answer: async (_, request) => {
      if (isCallPark(request, "GET") && (await pbx.settings())["recall_time"] === 900)
        await pbx.change({ recall_time: 300 });
    },
  });
  const { restore } = await pbx.run(safe);
  expect(restore.status).toBe("restored");
});

/** A PBX on which somebody edits once, or every time, right after it has stored the run's recall time of 60. */
const editedAfter = (change: Record<string, unknown>, when: "once" | "every time") => {
  let done = false;
  const pbx = guardedBench({
    answer: async (_, request) => {
      if (!isCallPark(request, "POST") || !request.body.includes('"recall_time":60,')) return;
      if (done && when === "once") return;
      done = true;
      await (await pbx).change(change);
    },
  });
  return pbx;
};

test.each<[string, Record<string, unknown>]>([
  ["the field that the run has just written", { recall_time: 555 }],
  ["another field", { extension_number: "777" }],
])("F58: somebody who changes %s before the run has read it back has theirs in the end", async (_, change) => {
  await using pbx = await editedAfter(change, "once");
  const report = await pbx.run(safe);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  const ours = { recall_time: 60, extension_number: "666" };
  expect(report.restore).toMatchObject({ before: { recall_time: 300 }, ours, now: { ...ours, ...change } });
  expect(await pbx.settings()).toMatchObject({ ...ours, ...change });
});

test("a PBX that stores something else each time is broken, and is put back", async () => {
  await using pbx = await editedAfter({ recall_ring_group_time: 555 }, "every time");
  const report = await pbx.run(safe);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["restored", 1]);
  expect(await pbx.settings()).toMatchObject({ recall_time: 300, recall_ring_group_time: 300 });
});

test("somebody who uses the time that a rate limit takes has theirs in the end", async () => {
  let limited = false;
  await using pbx = await guardedBench({
    request: async (request) => {
      if (limited || !isCallPark(request, "POST") || JSON.parse(request.body.toString())["recall_time"] !== 900)
        return undefined;
      limited = true;
      await pbx.change({ recall_ring_group_time: 555, send_notification_to_parker: true });
      const error = Buffer.from('{"errors":[{"code":"UNKNOWN","message":"Too many requests"}]}');
      return { status: 429, headers: { "content-type": "application/json", "retry-after": "1" }, body: error };
    },
  });
  const report = await pbx.run(safe);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(await pbx.settings()).toMatchObject({ recall_ring_group_time: 555, send_notification_to_parker: true });
});

test("F58: somebody who uses the time that a budget takes is left alone, and nothing is written on top", async () => {
  let posted = 0;
  let edited: number | undefined;
  await using pbx = await guardedBench({
    answer: async (_, request) => {
      if (isCallPark(request, "POST")) posted += 1;
      if (posted !== 2 || edited !== undefined || !isCallPark(request, "GET")) return;
      edited = posted;
      // The reading is on its way, and the next write has some 400 ms to wait.
      setTimeout(() => void pbx.change({ extension_number: "777" }), 100);
    },
  });
  const report = await pbx.run({ ...safe, budget: 150 });
  expect([edited, posted, report.restore.status, exitCodeOf(report)]).toEqual([2, 2, "failed", 4]);
  expect(report.restore.now).toMatchObject({ extension_number: "777" });
  expect((await pbx.settings())["extension_number"]).toBe("777");
});

/** Somebody who sets something right after the run has sent this recall time. */
const editedAt = async (time: number, change: Record<string, unknown>) => {
  let done = false;
  const pbx = await guardedBench({
    answer: async (_, request) => {
      if (!isCallPark(request, "POST") || JSON.parse(request.body.toString())["recall_time"] !== time) return;
      if (done) return;
      done = true;
      await pbx.change(change);
    },
  });
  return pbx;
};

test.each<[string, number, Record<string, unknown>]>([
  ["a bound that the run had sent before, while it sends what must be refused", 901, { recall_time: 60 }],
  ["on or off, while it sends what must be refused", 901, { enabled: false, send_notification_to_parker: true }],
  ["a bound that the run had sent before, while it writes", 215, { recall_time: 60 }],
  ["on or off, while it writes", 900, { enabled: false, send_notification_to_parker: true }],
])("F58: somebody who sets %s has theirs in the end", async (_, time, change) => {
  await using pbx = await editedAt(time, change);
  const report = await pbx.run({
    write: "safe",
    only: ["call_park.post.recall_time", "call_park.post.recall_ring_group_time"],
  });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(await pbx.settings()).toMatchObject(change);
});

const wrong = (status: number): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"errors":[{"code":"UNKNOWN","message":"no"}]}'),
});

/** Somebody sets 77 while the run sends this recall time; what happens then to the run's own POSTs is told by their number. */
const disturbed = async (
  time: number,
  disturb: (nth: number, theirs: boolean) => ReturnType<NonNullable<Faults["request"]>>,
) => {
  let posts = 0;
  let edited = false;
  const pbx = await guardedBench({
    request: (request) => {
      if (!edited || !isCallPark(request, "POST")) return undefined;
      posts += 1;
      return disturb(posts, JSON.parse(request.body.toString())["recall_time"] === 77);
    },
    answer: async (_, request) => {
      if (edited || !isCallPark(request, "POST") || JSON.parse(request.body.toString())["recall_time"] !== time) return;
      edited = true;
      await pbx.change({ recall_time: 77 });
    },
  });
  return pbx;
};

const cut = () => {
  throw new Error("cut");
};

test.each<[string, number, (nth: number, theirs: boolean, stop: AbortController) => Answer | undefined]>([
  ["a write ends in 500, while it is found out whose it is", 617, (nth) => (nth === 1 ? wrong(500) : undefined)],
  ["a write is cut off, while it is found out whose it is", 617, (nth) => (nth === 1 ? cut() : undefined)],
  ["the same after requests that were refused, in 500", 901, (nth) => (nth === 1 ? wrong(500) : undefined)],
  ["the same after requests that were refused, cut off", 901, (nth) => (nth === 1 ? cut() : undefined)],
  ["the run is stopped meanwhile", 617, (nth, _, stop) => void (nth === 1 && stop.abort())],
  [
    "the run is stopped meanwhile, after requests that were refused",
    901,
    (nth, _, stop) => void (nth === 1 && stop.abort()),
  ],
])("F58: somebody has theirs in the end where %s", async (_what, time, disturb) => {
  const stop = new AbortController();
  await using pbx = await disturbed(time, (nth, theirs) => disturb(nth, theirs, stop));
  const report = await pbx.run({ ...safe, signal: stop.signal });
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect((await pbx.settings())["recall_time"]).toBe(77);
});

test("F58: a first attempt to give somebody's value back that fails is made again", async () => {
  let refusals = 0;
  await using pbx = await disturbed(617, (_, theirs) => {
    if (!theirs || refusals > 0) return undefined;
    refusals += 1;
    return wrong(500);
  });
  const report = await pbx.run(safe);
  expect([report.restore.status, exitCodeOf(report), refusals]).toEqual(["failed", 4, 1]);
  expect((await pbx.settings())["recall_time"]).toBe(77);
});

test("F58: somebody's value that the PBX does not take again is told, and nothing is called restored", async () => {
  await using pbx = await disturbed(617, (_, theirs) => (theirs ? wrong(400) : undefined));
  const report = await pbx.run(safe);
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(report.restore.detail).toContain(
    'Somebody else may have set {"recall_time":77} during the run: see whether it is there, and set it again if it is wanted.',
  );
});

test("F58: of a run that is killed while it finds out whose a value is, restore says what may be missing", async () => {
  let kept = "";
  await using pbx = await disturbed(617, async (nth) => {
    // The value is not there then: the run has taken it away, and sends its own again to see whether it comes back.
    if (nth !== 2) return undefined;
    kept = `${pbx.stateDir}-kept`;
    await cp(dirname(await pbx.journal()), kept, { recursive: true });
    return undefined;
  });
  await pbx.run(safe);
  await pbx.restore({ keepCurrent: true });
  await pbx.change({ recall_time: 617 });
  await rm(`${kept}/lock`, { force: true });
  await rename(kept, `${pbx.stateDir}/killed`);
  expect(await pbx.restore()).toMatchObject({
    status: "failed",
    result: {
      detail:
        'Somebody else may have set {"recall_time":77} during the run: see whether it is there, and set it again if it is wanted. The tenant\'s own settings are as they were, by two equal readings.',
      command: `npx callpark restore --url ${pbx.proxy.url}/api --keep-current`,
    },
  });
  expect((await pbx.settings())["recall_time"]).toBe(300);
  expect([(await pbx.restore({ keepCurrent: true })).status, await pbx.files()]).toEqual(["restored", []]);
});
