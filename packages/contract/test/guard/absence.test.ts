import { readFile } from "node:fs/promises";
import { exitCodeOf, type VerifyOptions } from "@callpark/contract";
import { expect, test } from "vitest";
import type { Answer } from "../proxy.ts";
import { stateOf } from "../support.ts";
import { type GuardedBench, guardedBench } from "./places.ts";

const page = (status: number): Answer => ({
  status,
  headers: { "Content-Type": "text/html" },
  body: Buffer.from(`<html><h1>${status}</h1></html>`),
});

const unrouted: Answer = {
  status: 404,
  headers: { "Content-Type": "application/json" },
  body: Buffer.from('{"message":"no Route matched with those values"}'),
};

const cut = (): never => {
  throw new Error("down");
};

/** Is the run putting things back, as its journal says? */
const isPuttingBack = async (pbx: GuardedBench): Promise<boolean> => {
  const [path] = (await pbx.files()).filter((name) => name.endsWith("journal.json"));
  if (path === undefined) return false;
  return JSON.parse(await readFile(path, "utf8")).journal.phase === "restoring";
};

/** A PBX that is away for a while, from the request of that number on that its run sends to put things back. */
const awayAt = async (number: number, milliseconds: number, answer: () => Answer) => {
  let sent = 0;
  let since: number | undefined;
  const pbx = await guardedBench({
    request: async () => {
      if (await isPuttingBack(pbx)) sent += 1;
      if (sent === number) since ??= performance.now();
      return since !== undefined && performance.now() - since < milliseconds ? answer() : undefined;
    },
  });
  return { pbx, wasAway: () => since !== undefined };
};

const runs: VerifyOptions = { write: "full", only: ["call_park_groups.members.life", "call_park.post.recall_time"] };

const isRestored = async (number: number, answer: () => Answer): Promise<boolean> => {
  const { pbx, wasAway } = await awayAt(number, 900, answer);
  await using _ = pbx;
  const before = await stateOf(pbx);
  const report = await pbx.run(runs);
  expect([number, report.restore.status, report.restore.detail, exitCodeOf(report)]).toEqual([
    number,
    "restored",
    "Everything is as it was, by two equal readings.",
    0,
  ]);
  expect([await stateOf(pbx), await pbx.files()]).toEqual([before, []]);
  return wasAway();
};

test("F59: a PBX that is away for a second is waited for, whether the first or a later request of those that put things back finds it so", async () => {
  let number = 1;
  while (await isRestored(number, () => page(404))) number += 3;
  expect(number).toBeGreaterThan(5);
});

test.for([
  ["pages with 502", () => page(502)],
  ["pages with 503", () => page(503)],
  ["a gateway's 404 in JSON", () => unrouted],
  ["cut connections", cut],
] as const)("F59: a PBX that is away for a second while things are put back is waited for: %s", async ([, answer]) => {
  expect(await isRestored(1, answer)).toBe(true);
});

test("F59: a PBX that stays away is given up, and a restore waits for it as well", async () => {
  let isAway = (): Promise<boolean> => isPuttingBack(pbx);
  await using pbx: GuardedBench = await guardedBench({
    request: async () => ((await isAway()) ? page(404) : undefined),
  });
  const before = await stateOf(pbx);
  expect(exitCodeOf(await pbx.run(runs))).toBe(4);
  let asked = 0;
  let since = Number.POSITIVE_INFINITY;
  isAway = async () => {
    asked += 1;
    // Who is signed in, and the tenant, are asked for first: without these no restore begins.
    if (asked === 3) since = performance.now();
    return asked > 2 && performance.now() - since < 900;
  };
  expect((await pbx.restore()).status).toBe("restored");
  expect([await stateOf(pbx), await pbx.files()]).toEqual([before, []]);
});
