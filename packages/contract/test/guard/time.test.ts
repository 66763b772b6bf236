import { exitCodeOf } from "@callpark/contract";
import { expect, test, vi } from "vitest";
import { isCallPark } from "../proxy.ts";
import { stateOf } from "../support.ts";
import { guardedBench, times } from "./places.ts";

const safe = { write: "safe", only: times } as const;

test("a run that has reached its deadline puts everything back and says so", async () => {
  await using pbx = await guardedBench({
    request: async (request) => {
      if (isCallPark(request, "POST") && JSON.parse(request.body.toString())["recall_time"] === 900)
        await new Promise((resolve) => setTimeout(resolve, 2200));
      return undefined;
    },
  });
  const before = await stateOf(pbx);
  const report = await pbx.run({ ...safe, deadline: 2000 });
  expect([report.interrupted, report.restore.status, exitCodeOf(report)]).toEqual([true, "restored", 130]);
  expect(report.notes).toEqual(["The run had reached its deadline of 2 s, so the rest of its checks did not run."]);
  expect(await stateOf(pbx)).toEqual(before);
});

test("F64: a clock that jumps by a day ends no run, keeps no journal, and hides no unfinished one", async () => {
  let jumps = 0;
  await using pbx = await guardedBench({
    request: () => {
      jumps += 1;
      vi.setSystemTime(Date.now() + (jumps % 2 === 0 ? 1 : -2) * 24 * 60 * 60_000);
      return undefined;
    },
  });
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    const report = await pbx.run({ ...safe, deadline: 30_000 });
    expect([report.interrupted, report.restore.status, exitCodeOf(report)]).toEqual([false, "restored", 0]);
    expect(jumps).toBeGreaterThan(10);
    expect(await pbx.files()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

/** A JSON Web Token that ends at this time, and opens nothing. */
const tokenEnding = (ends: number): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ exp: Math.round(ends / 1000) })}.signature`;
};

/** A PBX with a clock of its own, which takes a token that says when it ends. */
const withClock = async (now: number, ends: number) => {
  const made = tokenEnding(ends);
  const pbx = await guardedBench({
    request: (request) => {
      const given = request.headers.authorization;
      if (given === `Bearer ${made}`) request.headers.authorization = `Bearer ${pbx.token}`;
      return undefined;
    },
    answer: (answer) => {
      answer.headers["date"] = new Date(now).toUTCString();
    },
  });
  return { pbx, made };
};

const year = 365 * 24 * 60 * 60_000;

test("F64: whether a token ends too soon to write is told by the PBX's clock, not by this machine's", async () => {
  const now = Date.now() + year;
  {
    const { pbx, made } = await withClock(now, now + 30_000);
    await using _ = pbx;
    await expect(pbx.run(safe, { token: made })).rejects.toThrow(
      /^The token ends in \d\d s, which is too soon to write and put everything back: sign in again$/,
    );
    expect(pbx.proxy.requests.filter(({ method }) => method === "POST")).toEqual([]);
    expect((await pbx.run({}, { token: made })).restore.status).toBe("not-needed");
  }
  // By this machine's clock it has ended; by the PBX's, which is slow, it has an hour.
  const { pbx, made } = await withClock(Date.now() - year, Date.now() - year + 3_600_000);
  await using _ = pbx;
  expect((await pbx.run(safe, { token: made })).restore.status).toBe("restored");
});

test("a token that ends soon is refreshed before the first write", async () => {
  const now = Date.now();
  const { pbx, made } = await withClock(now, now + 30_000);
  await using _ = pbx;
  const { refreshToken } = await pbx.sandbox.signIn();
  const report = await pbx.run(safe, { token: made, refreshToken });
  expect(report.restore.status).toBe("restored");
  const paths = pbx.proxy.requests.filter(({ method }) => method === "POST").map(({ path }) => path);
  expect([paths[0], new Set(paths.slice(1))]).toEqual(["/api/auth/refresh_token", new Set(["/api/call_park"])]);
});
