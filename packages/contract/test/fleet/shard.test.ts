import { exitCodeOfFleet, type FleetReport, mergeFleetReports, shardOf } from "@callpark/contract/fleet";
import { describe, expect, test } from "vitest";

const target = (host: number, name: string) => ({ name, target: { url: `https://pbx-${host}.example.com:8887` } });
const fleet = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5].map((host, at) => target(host, `target-${at}`));

describe("shards", () => {
  test.each([1, 2, 3, 7, 20])("%i of them are the whole fleet, each target once and no host in two", (count) => {
    const shards = Array.from({ length: count }, (_, index) => shardOf(fleet, { index, count }));
    expect(shards.flat().toSorted((one, other) => fleet.indexOf(one) - fleet.indexOf(other))).toEqual(fleet);
    const hosts = shards.flatMap((shard) => [...new Set(shard.map((one) => one.target.url))]);
    expect(new Set(hosts).size).toBe(hosts.length);
  });

  test("are the same in whatever order the fleet is listed, and about equal", () => {
    const names = (targets: typeof fleet, index: number) =>
      shardOf(targets, { index, count: 3 })
        .map(({ name }) => name)
        .toSorted();
    for (const index of [0, 1, 2]) expect(names(fleet.toReversed(), index)).toEqual(names(fleet, index));
    expect([0, 1, 2].map((index) => names(fleet, index).length)).toEqual([4, 4, 3]);
  });
});

const part = (name: string, more: Partial<FleetReport> = {}): FleetReport => ({
  schemaVersion: 1,
  kind: "fleet",
  tool: { name: "callpark", version: "0.1.0" },
  startedAt: "2026-11-24T19:00:00.000Z",
  duration: 1000,
  write: "none",
  missingShards: [],
  checks: [],
  targets: [
    {
      name,
      labels: [],
      url: `https://${name}.example.com/api`,
      exitCode: 0,
      startedAt: "2026-11-24T19:00:00.000Z",
      duration: 1000,
      requests: 1,
      checks: [],
      restore: { status: "not-needed" },
      interrupted: false,
      notes: [],
    },
  ],
  ...more,
});

describe("merging", () => {
  test("gives one report, from the first start to the last end", () => {
    const merged = mergeFleetReports([
      part("a", { shard: { index: 1, count: 2 }, startedAt: "2026-11-24T19:00:02.000Z", write: "safe" }),
      part("b", { shard: { index: 0, count: 2 } }),
    ]);
    const { startedAt, duration, write, missingShards } = merged;
    expect({ startedAt, duration, write, missingShards }).toEqual({
      startedAt: "2026-11-24T19:00:00.000Z",
      duration: 3000,
      write: "safe",
      missingShards: [],
    });
    expect([merged.targets.map(({ name }) => name), exitCodeOfFleet(merged)]).toEqual([["a", "b"], 0]);
  });

  test("names the shards that are missing, and is no pass then", () => {
    const merged = mergeFleetReports([part("a", { shard: { index: 1, count: 3 } })]);
    expect(merged.missingShards).toEqual([
      { index: 0, count: 3 },
      { index: 2, count: 3 },
    ]);
    expect(exitCodeOfFleet(merged)).toBe(1);
  });

  test.each([
    ["nothing", [], "There is no report to merge"],
    ["a target twice", [part("a"), part("a")], "Two reports have a target called a"],
    [
      "a shard twice",
      [part("a", { shard: { index: 0, count: 2 } }), part("b", { shard: { index: 0, count: 2 } })],
      "Two of the reports are the same shard",
    ],
    [
      "shards of different runs",
      [part("a", { shard: { index: 0, count: 2 } }), part("b", { shard: { index: 1, count: 3 } })],
      "The reports are shards of different runs (of 2 and of 3)",
    ],
  ])("refuses %s", (_, reports, message) => {
    expect(() => mergeFleetReports(reports)).toThrow(message);
  });
});
