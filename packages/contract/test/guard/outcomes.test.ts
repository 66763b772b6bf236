import { setTimeout as wait } from "node:timers/promises";
import { exitCodeOf } from "@callpark/contract";
import { expect, test } from "vitest";
import type { Faults, Forwarded } from "../proxy.ts";
import { isCallPark } from "../proxy.ts";
import { codes } from "../support.ts";
import { guardedBench, times } from "./places.ts";

const bodyOf = ({ body }: Forwarded): Record<string, unknown> => JSON.parse(body.toString());
const run = { write: "safe", only: times } as const;

/** Does something at the first POST of this recall time. */
const once = (time: number, when: "request" | "answer", happen: () => void | Promise<void>): Faults => {
  let done = false;
  return {
    [when]: async (first: unknown, second?: Forwarded) => {
      const request = second ?? (first as Forwarded);
      if (done || !isCallPark(request, "POST") || bodyOf(request)["recall_time"] !== time) return undefined;
      done = true;
      await happen();
      return undefined;
    },
  };
};

const cut = () => {
  throw new Error("cut");
};

test("F09: a POST that was applied and then reset is confirmed by reading, and not sent again on top of itself", async () => {
  await using pbx = await guardedBench(once(60, "answer", cut));
  const report = await pbx.run(run);
  expect([codes(report), exitCodeOf(report), report.restore.status]).toEqual([[], 0, "restored"]);
  const sent = pbx.proxy.requests.filter((request) => isCallPark(request, "POST")).map(bodyOf);
  const [first = 0, second = 0] = sent.flatMap(({ recall_time: time }, index) => (time === 60 ? [index] : []));
  // In between it was put back: the check was made anew.
  expect(sent.slice(first + 1, second).map(({ recall_time: time }) => time)).toContain(300);
});

test("F09: where every answer is lost, each POST is still sent once, and the check is no pass", async () => {
  await using pbx = await guardedBench({
    answer: (_, request) => {
      if (isCallPark(request, "POST") && bodyOf(request)["recall_time"] === 60) cut();
    },
  });
  const report = await pbx.run(run);
  expect(report.checks.filter(({ status }) => status === "error").map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^POST http:\S+\/call_park: other side closed$/),
  ]);
  expect([exitCodeOf(report), report.restore.status]).toEqual([1, "restored"]);
  expect((await pbx.settings())["recall_time"]).toBe(300);
});

test("F10: a POST that never arrived is sent once more, and nobody hears of it", async () => {
  await using pbx = await guardedBench(once(60, "request", cut));
  const report = await pbx.run(run);
  expect([codes(report), exitCodeOf(report), report.restore.status]).toEqual([[], 0, "restored"]);
});

test("F10: a POST that never arrives is sent once more and no further", async () => {
  const tries = new Map<string, number>();
  await using pbx = await guardedBench({
    request: (request) => {
      if (!isCallPark(request, "POST") || bodyOf(request)["recall_time"] !== 60) return undefined;
      const body = request.body.toString();
      tries.set(body, (tries.get(body) ?? 0) + 1);
      return cut();
    },
  });
  const report = await pbx.run(run);
  expect(tries.size).toBeGreaterThan(0);
  expect([...tries.values()].filter((times) => times !== 2)).toEqual([]);
  expect([exitCodeOf(report), report.restore.status]).toEqual([1, "restored"]);
});

test("F59: a POST that is applied long after its connection was cut is put back all the same", async () => {
  let late: Promise<void> | undefined;
  await using pbx = await guardedBench({
    request: (request) => {
      if (late || !isCallPark(request, "POST") || bodyOf(request)["recall_time"] !== 900) return undefined;
      // Once the run has waited for it in vain, written it again, and put it back.
      late = restored.then(() => pbx.change(bodyOf(request)));
      return cut();
    },
    answer: async (_, request) => {
      if (!late || !isCallPark(request, "GET")) return;
      readings += 1;
      if ((await pbx.settings())["recall_time"] === 300) begin();
    },
  });
  let readings = 0;
  let begin: () => void = () => undefined;
  const restored = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const before = await pbx.settings();
  const report = await pbx.run(run);
  await late;
  expect(report.restore.status).toBe("restored");
  expect({ ...(await pbx.settings()), prompt_file_url: "" }).toEqual({ ...before, prompt_file_url: "" });
  expect(readings).toBeGreaterThan(2);
});

test("F59: a POST that is applied long after it was given up is put back, and the report says that more may come", async () => {
  let held: Forwarded | undefined;
  await using pbx = await guardedBench({
    request: async (request) => {
      if (held !== undefined || !isCallPark(request, "POST") || bodyOf(request)["recall_time"] !== 900)
        return undefined;
      held = request;
      await wait(15_000 + 5_000);
      await pbx.change(bodyOf(request));
      throw new Error("cut");
    },
  });
  const report = await pbx.run(run);
  expect([exitCodeOf(report), report.restore.status]).toEqual([0, "restored"]);
  expect(report.notes).toEqual([
    "The PBX did not answer a POST within 15 s. What it has not done so long after may still be done after the run: look at the settings again later.",
  ]);
  expect((await pbx.settings())["recall_time"]).toBe(300);
});

test("F59: an answer of 500 to what is applied a moment later does not hide it", async () => {
  let sent = false;
  await using pbx = await guardedBench({
    request: (request) => {
      if (sent || !isCallPark(request, "POST") || bodyOf(request)["recall_time"] !== 60) return undefined;
      sent = true;
      setTimeout(() => void pbx.change(bodyOf(request)), 120);
      return { status: 500, headers: {}, body: Buffer.of() };
    },
  });
  const report = await pbx.run(run);
  expect([exitCodeOf(report), report.restore.status]).toEqual([1, "restored"]);
  expect((await pbx.settings())["recall_time"]).toBe(300);
});

const busy = () => ({ status: 503, headers: { "retry-after": "0" }, body: Buffer.of() });

test("a POST that a busy PBX did not do is sent once more, and observed", async () => {
  let posts = 0;
  await using pbx = await guardedBench({
    request: (request) => {
      if (!isCallPark(request, "POST")) return undefined;
      posts += 1;
      return posts % 2 === 1 ? busy() : undefined;
    },
  });
  const report = await pbx.run(run);
  expect([codes(report), codes(report, "observation"), exitCodeOf(report), report.restore.status]).toEqual([
    [],
    ["busy.retry_after"],
    0,
    "restored",
  ]);
});

test("a POST that a busy PBX did all the same is not sent again, and is a finding", async () => {
  await using pbx = await guardedBench({
    answer: (answer, request) => {
      if (isCallPark(request, "POST") && bodyOf(request)["recall_time"] === 60) Object.assign(answer, busy());
    },
  });
  const report = await pbx.run(run);
  const sent = pbx.proxy.requests.filter((request) => isCallPark(request, "POST")).map(bodyOf);
  expect(sent.filter(({ recall_time: time }) => time === 60)).toHaveLength(1);
  expect([codes(report), exitCodeOf(report), report.restore.status]).toEqual([
    ["call_park.post.recall_time.minimum.refused"],
    1,
    "restored",
  ]);
});

test("a PBX that is too busy for every write is sent each twice, and the run ends with findings", async () => {
  await using pbx = await guardedBench({
    request: (request) => (isCallPark(request, "POST") ? busy() : undefined),
  });
  const report = await pbx.run(run);
  expect(pbx.proxy.requests.filter((request) => isCallPark(request, "POST"))).toHaveLength(2);
  expect([codes(report), exitCodeOf(report)]).toEqual([
    ["call_park.post.own_settings.status", "call_park.post.own_settings.refused"],
    1,
  ]);
});
