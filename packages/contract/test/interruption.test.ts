import { exitCodeOf, type Report } from "@callpark/contract";
import { expect, test } from "vitest";
import type { Faults } from "./proxy.ts";
import { bench, codes, stateOf } from "./support.ts";

/** Every so manieth request, as far as a full run goes and no further; each request has its turn in some residue. */
const places = (first: number, step: number): number[] =>
  Array.from({ length: Math.ceil((220 - first) / step) }, (_, index) => first + index * step);

/** What happens at one request of a run, counted from 1. */
const at = (place: number, happen: (count: number) => ReturnType<NonNullable<Faults["request"]>>): Faults => {
  let count = 0;
  return {
    request: () => {
      count += 1;
      return count >= place ? happen(count) : undefined;
    },
  };
};

test.each(places(9, 59))("a run that is interrupted at its request %i puts everything back", async (place) => {
  const stop = new AbortController();
  await using pbx = await bench(
    at(place, () => {
      stop.abort();
      return undefined;
    }),
  );
  const before = await stateOf(pbx);
  const report = await pbx.run({ write: "full", signal: stop.signal });
  expect([report.interrupted, report.restore.status === "failed"]).toEqual([true, false]);
  expect(report.checks.filter(({ status }) => status === "failed" || status === "error")).toEqual([]);
  expect(await stateOf(pbx)).toEqual(before);
});

test("a write that is under way when the run is interrupted is waited for, so that it cannot come true later", async () => {
  const stop = new AbortController();
  await using pbx = await bench({
    request: async ({ method, body }) => {
      if (method !== "POST" || !body.includes('"recall_time":60,')) return undefined;
      stop.abort();
      // The run would have read and gone by now, had it given the request up.
      for (let turn = 0; turn < 50; turn += 1) await pbx.settings();
      return undefined;
    },
  });
  const before = await stateOf(pbx);
  const report = await pbx.run({ write: "safe", signal: stop.signal });
  expect([exitCodeOf(report), report.restore.status]).toEqual([130, "restored"]);
  expect(await stateOf(pbx)).toEqual(before);
});

const cutOnce = (place: number, when: "request" | "answer"): Faults => {
  let count = 0;
  return {
    [when]: () => {
      count += 1;
      if (count === place) throw new Error("cut");
    },
  };
};

test.each(places(11, 89).flatMap((place) => [[place, "request"] as const, [place + 13, "answer"] as const]))(
  "a connection cut at request %i, before its %s, costs nothing but that check",
  async (place, when) => {
    await using pbx = await bench(cutOnce(place, when));
    const before = await stateOf(pbx);
    const report = await pbx.run({ write: "full" });
    expect([codes(report), report.restore.status]).toEqual([[], "restored"]);
    expect(await stateOf(pbx)).toEqual(before);
  },
);

const said = ({ restore }: Report) => [restore.status, typeof restore.curl, typeof restore.before];

test.each(places(180, 120))("a PBX that is gone from request %i on is not called restored", async (place) => {
  await using pbx = await bench(
    at(place, () => {
      throw new Error("down");
    }),
  );
  const report = await pbx.run({ write: "full" });
  expect([exitCodeOf(report), ...said(report)]).toEqual([4, "failed", "string", "object"]);
});

test("a group whose making was not answered is destroyed all the same", async () => {
  await using pbx = await bench({
    answer: ({ status }, { method, path }) => {
      if (method === "POST" && path === "/api/call_park_groups" && status === 201) throw new Error("cut");
    },
  });
  const before = await stateOf(pbx);
  const report = await pbx.run({ only: ["call_park_groups.create.accepts"], write: "full" });
  expect([exitCodeOf(report), report.restore.status]).toEqual([1, "restored"]);
  expect(await stateOf(pbx)).toEqual(before);
});

test("groups that can be neither destroyed nor listed at the end are not called gone", async () => {
  let over = false;
  await using pbx = await bench({
    request: ({ method, path }) => {
      over ||= method === "POST" && path.endsWith("/destroy");
      if (!over || !path.startsWith("/api/call_park_groups")) return undefined;
      return { status: 503, headers: {}, body: Buffer.of() };
    },
  });
  const report = await pbx.run({ only: ["call_park_groups.destroy"], write: "full" });
  expect([exitCodeOf(report), report.restore.status]).toEqual([4, "failed"]);
  expect(report.restore.detail).toMatch(
    /^The groups could not be listed: one called callpark-\S+ may be left over\. The tenant's own settings are as they were, by two equal readings\.$/,
  );
});
