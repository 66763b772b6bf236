/** Options that no compiler has seen: of plain JavaScript, or from the environment. */
import {
  exitCodeOf,
  type RestoreOptions,
  restore,
  type VerifyOptions,
  type VerifyTarget,
  verify,
} from "@callpark/contract";
import { type FleetOptions, restoreSignedIn, verifyFleet, verifySignedIn } from "@callpark/contract/fleet";
import { expect, test } from "vitest";
import { bench } from "./support.ts";

const write = 'choose "none" or "safe" or "full"';
const version = 'choose "auto" or "22.0" or "22.2" or "22.6"';
const maxRequests = "choose a whole number of requests, 1 or more";
const few = "(maxRequests, --max-requests)";
const begin = "to begin, for one check";
const deadline = "choose a whole number of milliseconds, from 1 to 2147483647";
const only = "choose an array of ids of checks, as listChecks() has them, or leave it out for every check";

const ofVerify =
  "write, version, maxRequests, budget, seed, deadline, only, record, baseline, onTokens, onSecret, signal, stateDir, waits, onWrite, onRestored, onWait, onProgress";

const wrong: [options: Record<string, unknown>, message: string][] = [
  [{ wirte: "full" }, `There is no option wirte: there are ${ofVerify}`],
  [{ write: "all" }, `write is a string: ${write}`],
  [{ write: "" }, `write is an empty string: ${write}`],
  [{ write: true }, `write is true: ${write}`],
  [{ version: "9" }, `version is a string: ${version}`],
  [{ version: 22.6 }, `version is 22.6: ${version}`],
  [{ deadline: -5 }, `deadline is -5: ${deadline}`],
  [{ deadline: 2 ** 31 }, `deadline is 2147483648: ${deadline}`],
  [{ maxRequests: -1 }, `maxRequests is -1: ${maxRequests}`],
  [{ maxRequests: 0 }, `maxRequests is 0: ${maxRequests}`],
  [{ maxRequests: Number.NaN }, `maxRequests is NaN: ${maxRequests}`],
  [{ maxRequests: "100" }, `maxRequests is a string: ${maxRequests}`],
  [{ maxRequests: 6 }, `The run may send 6 requests ${few}, and a run that only reads needs 7 at least: ${begin}`],
  [
    { maxRequests: 29, write: "safe" },
    `The run may send 29 requests ${few}, and a run that writes needs 30 at least: ${begin}, and to put everything back`,
  ],
  [{ budget: 0 }, "budget is 0: choose a whole number of requests a minute, 1 or more"],
  [{ seed: "7" }, "seed is a string: choose a whole number"],
  [{ only: [] }, `only is an empty array: ${only}`],
  [{ only: "call_park" }, `only is a string: ${only}`],
  [{ only: [undefined] }, `only is an array: ${only}`],
];

test.each(wrong)("%j is refused by name, and nothing is sent", async (given, message) => {
  await using pbx = await bench();
  const refused = { name: "ConfigurationError", message };
  const options = given as VerifyOptions;
  const credentials = { username: "admin", password: "acme-park-1", domain: "acme.example" };
  await expect(pbx.run(options)).rejects.toMatchObject(refused);
  await expect(verifySignedIn({ url: pbx.proxy.url, credentials }, options)).rejects.toMatchObject(refused);
  expect(pbx.proxy.requests).toEqual([]);
});

test.each([
  [{ wirte: "full" }, `There is no option wirte: there are ${ofVerify}, concurrency, shard, onReport`],
  [{ write: "ful" }, `write is a string: ${write}`],
  [{ concurrency: 0 }, "concurrency is 0: choose a whole number of hosts, 1 or more"],
])("a fleet's %j is refused before any target is asked", async (given, message) => {
  await using pbx = await bench();
  const target = { name: "one", target: { url: pbx.proxy.url, token: pbx.token } };
  await expect(verifyFleet([target], given as FleetOptions)).rejects.toMatchObject({
    name: "ConfigurationError",
    message,
  });
  expect(pbx.proxy.requests).toEqual([]);
});

test("a restore's option that there is not is refused by name, before it is looked what is to be put back", async () => {
  const url = "http://127.0.0.1:9";
  const misspelt = { keepCurent: true } as RestoreOptions;
  const refusal = {
    name: "ConfigurationError",
    message:
      "There is no option keepCurent: there are stateDir, keepCurrent, othersToo, confirm, onTokens, onSecret, onWait",
  };
  const credentials = { username: "admin", password: "acme-park-1" };
  await expect(restoreSignedIn({ url, credentials }, misspelt)).rejects.toMatchObject(refusal);
  await expect(restore({ url, token: "made-up-token" }, misspelt)).rejects.toMatchObject(refusal);
});

test.each(["", undefined])("a target whose token is %j is refused, and nothing is sent", async (token) => {
  await using pbx = await bench();
  const target = { url: pbx.proxy.url, token } as VerifyTarget;
  for (const work of [verify, restore])
    await expect(work(target)).rejects.toMatchObject({
      name: "ConfigurationError",
      message:
        "token is not there, or empty: give an access token of a user who may read the tenant's call park settings",
    });
  expect(pbx.proxy.requests).toEqual([]);
});

test("a target of a fleet may have things of its own, which the run does not take for options", async () => {
  await using pbx = await bench();
  const one = { name: "one", site: "lab", target: { url: pbx.proxy.url, token: pbx.token } };
  const { targets } = await verifyFleet([one], { only: ["tenant.body"], concurrency: 2, onReport: () => undefined });
  expect(targets.map(({ exitCode, notes }) => [exitCode, notes])).toEqual([[0, []]]);
});

test("an option that is undefined is as one left out", async () => {
  await using pbx = await bench();
  const given = {
    write: undefined,
    version: undefined,
    deadline: undefined,
    budget: undefined,
    maxRequests: undefined,
  };
  const report = await pbx.run({ ...given, only: ["tenant.body"] } as unknown as VerifyOptions);
  expect([report.write, exitCodeOf(report)]).toEqual(["none", 0]);
});

test.each([{ maxRequests: 7 }, { maxRequests: 30, write: "safe" }] as const)(
  "as few requests as a run can do with are enough, also for an older PBX: %j",
  async (given) => {
    await using pbx = await bench({}, { version: "22.0" });
    const report = await pbx.run(given);
    expect(report.requests).toBeLessThanOrEqual(given.maxRequests);
    expect(report.checks.filter(({ status }) => status === "passed").length).toBeGreaterThan(1);
  },
);
