import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type RecallEvent, type RecallSettings, recallTimeline } from "../src/recall/index.ts";

const settings: RecallSettings = {
  enabled: true,
  recall_to: "USER_ONLY",
  recall_time: 60,
  recall_ring_group_time: 90,
  ring_group_id: null,
};
const ring_group_id = "NzAw";

test("USER_ONLY: to the user after the recall time, again after another, then every 10 seconds", () => {
  expect(recallTimeline(settings)).toEqual([
    { at: 0, what: "parked" },
    { at: 60, what: "recalled to user", attempt: 1 },
    { at: 120, what: "recalled to user", attempt: 2 },
    { at: 130, what: "recalled to user", attempt: 3 },
    { at: 140, what: "recalled to user", attempt: 4 },
  ]);
  expect(recallTimeline(settings, { until: 3600 }).length).toBe(2 + 1 + 348);
});

test("USER_FIRST_THEN_RING_GROUP: to the user, then to the ring group, and no further", () => {
  const both: RecallSettings = { ...settings, recall_to: "USER_FIRST_THEN_RING_GROUP", ring_group_id };
  expect(recallTimeline(both)).toEqual(recallTimeline(both, { until: 86_400 }));
  expect(recallTimeline(both)).toEqual([
    { at: 0, what: "parked" },
    { at: 60, what: "recalled to user", attempt: 1 },
    { at: 150, what: "recalled to ring group", ring_group_id },
  ]);
  expect(recallTimeline(both, { pickedUpAt: 3600 }).at(-1)).toEqual({ at: 3600, what: "picked up" });
});

test("RING_GROUP_ONLY: to the ring group, and no further", () => {
  const group: RecallSettings = { ...settings, recall_to: "RING_GROUP_ONLY", ring_group_id };
  expect(recallTimeline(group)).toEqual(recallTimeline(group, { until: 86_400 }));
  expect(recallTimeline(group)).toEqual([
    { at: 0, what: "parked" },
    { at: 60, what: "recalled to ring group", ring_group_id },
  ]);
});

test("what is picked up is recalled no more", () => {
  expect(recallTimeline(settings, { pickedUpAt: 125 }).slice(-2)).toEqual([
    { at: 120, what: "recalled to user", attempt: 2 },
    { at: 125, what: "picked up" },
  ]);
  expect(recallTimeline(settings, { pickedUpAt: 60 })).toEqual([
    { at: 0, what: "parked" },
    { at: 60, what: "picked up" },
  ]);
  expect(recallTimeline(settings, { pickedUpAt: 125, until: 60 }).map(({ at }) => at)).toEqual([0, 60]);
});

test("where call park is off no call is parked", () => {
  expect(recallTimeline({ ...settings, enabled: false })).toEqual([]);
});

test("a ring-group mode without a ring group is refused", () => {
  const broken = { ...settings, recall_to: "RING_GROUP_ONLY" } as unknown as RecallSettings;
  expect(() => recallTimeline(broken)).toThrow(new RangeError("RING_GROUP_ONLY needs a ring_group_id, and it is null"));
});

test("whatever the settings, time does not run back, and nothing follows a ring group or an end", () => {
  const time = fc.integer({ min: 60, max: 900 });
  const any = fc.record({
    enabled: fc.constant(true),
    recall_to: fc.constantFrom("USER_ONLY", "USER_FIRST_THEN_RING_GROUP", "RING_GROUP_ONLY"),
    recall_time: time,
    recall_ring_group_time: time,
    ring_group_id: fc.constant(ring_group_id),
  }) as fc.Arbitrary<RecallSettings>;
  const ends: readonly RecallEvent["what"][] = ["recalled to ring group", "picked up"];
  fc.assert(
    fc.property(any, fc.nat(4000), fc.option(fc.nat(4000)), (chosen, until, pickedUpAt) => {
      const events = recallTimeline(chosen, { until, ...(pickedUpAt === null ? {} : { pickedUpAt }) });
      const times = events.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(times.every((at) => at <= until)).toBe(true);
      const ended = events.findIndex(({ what }) => what === "picked up");
      expect([-1, events.length - 1]).toContain(ended);
      const before = ended === -1 ? events : events.slice(0, ended);
      expect(before.slice(0, -1).filter(({ what }) => ends.includes(what))).toEqual([]);
      expect(recallTimeline(chosen, { until, ...(pickedUpAt === null ? {} : { pickedUpAt }) })).toEqual(events);
    }),
  );
});

test("it needs nothing of Node", () => {
  const imports = ["index", "timeline"].flatMap((name) => {
    const source = readFileSync(new URL(`../src/recall/${name}.ts`, import.meta.url), "utf8");
    return [...source.matchAll(/from "([^"]+)"/g)].map(([, from]) => from);
  });
  expect([...new Set(imports)].sort()).toEqual(["./timeline.ts", "@callpark/spec", "@callpark/types"]);
});
