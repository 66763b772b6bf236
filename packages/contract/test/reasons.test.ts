import type { Report } from "@callpark/contract";
import { terminalReport } from "@callpark/contract/reporters";
import { expect, it } from "vitest";
import { shows } from "./faults/fault.ts";
import { refusal, refuses, takes } from "./lawful/variation.ts";
import { isCallPark } from "./proxy.ts";
import { bench, codes, stateOf } from "./support.ts";

/** Why checks were not made, and how many for the same reason, but for what this run was not asked or not able for. */
const reasons = ({ checks }: Report): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { reason, status } of checks)
    if (status === "skipped" && reason !== undefined && !/^It (?:takes|writes)/.test(reason))
      counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
};

const only = ["call_park.post.own_settings", "call_park.post.recall_time.refuses_outside"];
const download = /^\/api\/blobs\/[^/?]+$/;

it("a prompt that cannot be downloaded: the check that says so is named by those that follow", async () => {
  await using pbx = await bench({
    request: ({ path, method }) => (method === "GET" && download.test(path) ? refusal(404) : undefined),
  });
  expect(reasons(await pbx.run({ write: "safe", only }))).toStrictEqual({
    "Nothing else was written, as call_park.post.own_settings could not be finished.": 1,
  });
});

it("settings that say a name twice hide which of the values is the PBX's own, so nothing is written", async () => {
  await using pbx = await bench({
    answer: (answer, request) => {
      if (isCallPark(request, "GET") && answer.status === 200)
        answer.body = Buffer.from(answer.body.toString().replace(/\}$/, ',"recall_time":61}'));
    },
  });
  const before = await stateOf(pbx);
  const report = await pbx.run({ write: "safe", only: ["call_park.get.body", ...only] });
  expect(codes(report)).toStrictEqual(["call_park.get.name_twice"]);
  const nothing =
    "Nothing was written: what GET /call_park says of recall_time cannot be relied on, so nothing could be proved to be put back (see call_park.get.body and call_park.get.consistent).";
  expect(report.checks.map(({ reason }) => reason)).toStrictEqual([undefined, nothing, nothing]);
  expect(await stateOf(pbx)).toStrictEqual(before);
});

it.each<[fault: string, name: string, prompt: "there" | "none", nothing?: string]>([
  ["answer.prompt_file_size.missing", "prompt_file_size", "there"],
  ["answer.prompt_file_size.missing", "prompt_file_size", "none"],
  ["answer.prompt_file_name.missing", "prompt_file_name", "none"],
  [
    "answer.prompt_file_name.missing",
    "prompt_file_name",
    "there",
    "the prompt that is there could not be put back under its name",
  ],
  ["prompt.name.null", "prompt_file_name", "there", "the prompt that is there could not be put back under its name"],
  [
    "answer.prompt_file_url.missing",
    "prompt_file_url",
    "there",
    "whether there is a prompt, and where it could be downloaded to be put back, is not known",
  ],
])("with %s a run writes where it can do without %s, a prompt being %s", async (fault, name, prompt, nothing) => {
  // It drops a prompt that is not named, so that the prompt has to be put back.
  await using pbx = await bench({}, { faults: [`call_park.get.${fault}`], semantics: "replace" });
  if (prompt === "none") await pbx.change({ ...(await pbx.settings()), prompt_file_id: null });
  const before = await stateOf(pbx);
  const report = await pbx.run({
    write: "full",
    only: ["call_park.get.prompt", "call_park.post.prompt_file_id", ...only],
  });
  const posts = pbx.proxy.requests.filter((request) => isCallPark(request, "POST")).length;
  const told = reasons(report);
  delete told["The tenant has no prompt."];
  expect([told, report.restore.status, posts > 0]).toStrictEqual(
    nothing === undefined
      ? [
          {
            [`The prompt was left alone, as what became of it could not be seen: GET /call_park does not say ${name}.`]: 1,
          },
          "restored",
          true,
        ]
      : [
          {
            [`Nothing was written: GET /call_park does not say ${name}, so ${nothing} (see call_park.get.body and call_park.get.prompt).`]: 4,
          },
          "not-needed",
          false,
        ],
  );
  expect(await stateOf(pbx)).toStrictEqual(before);
});

it("own settings that are refused, and ones that are answered wrongly", async () => {
  const reason = "Nothing else was written, as writing the PBX's own settings back went wrong: see ";
  await using refusing = await bench({ request: takes(() => refusal(400)) });
  expect(reasons(await refusing.run({ write: "safe", only }))).toStrictEqual({
    [`${reason}call_park.post.own_settings.refused.`]: 1,
  });
  await using talking = await bench({
    answer: (answer, request) => {
      if (isCallPark(request, "POST") && answer.status === 200) answer.body = Buffer.from("saved");
    },
  });
  expect(reasons(await talking.run({ write: "safe", only }))).toStrictEqual({
    [`${reason}call_park.post.own_settings.content.`]: 1,
  });
});

it("a number that may be hidden, and one that cannot be made blank", async () => {
  await using off = await bench();
  await off.change({ enabled: false, extension_number: null });
  expect(reasons(await off.run({ write: "full", only: ["call_park.post.extension_number.accepts"] }))).toStrictEqual({
    "The server is off and may hide its extension_number: null, sent back, might take it away, so it was left alone.": 1,
  });
  await using blank = await bench({
    request: takes((body) => (Object.values(body).includes(null) ? refusal(422) : undefined)),
  });
  await blank.change({ recall_to: "USER_ONLY", ring_group_id: null });
  expect(reasons(await blank.run({ write: "full", only: ["call_park.post.ring_group_id.accepts"] }))).toStrictEqual({
    "It is blank, and this PBX does not take null for that, so it could not be made blank again: ring_group_id. To have it checked, choose a mode with a ring group in the PBX before the run.": 1,
  });
});

it("a prompt that is left alone names what makes it doubtful, whatever that is", async () => {
  const only = ["call_park.post.prompt_file_id", "prompt_formats"];
  await using rounding = await bench({}, { faults: ["call_park.post.stores.recall_time.rounded"] });
  expect(reasons(await rounding.run({ write: "full", only }))).toStrictEqual({
    "The prompt was left alone, as it might not be put back as it was: see call_park.post.prompt_file_id.read_back.": 2,
  });
  // Smaller than it is, from the first reading on.
  await using shrinking = await bench(shows((settings) => Object.assign(settings, { prompt_file_size: 1 })));
  expect(reasons(await shrinking.run({ write: "full", only }))).toStrictEqual({
    "The prompt is not what its name and size say: it could not be put back.": 3,
  });
});

it("what this user may not see is named, and a run that it keeps from a third of its checks says so", async () => {
  await using pbx = await bench({ request: refuses("ring_groups", 403) });
  const report = await pbx.run({ only: ["ring_groups", "call_park.get.body"] });
  expect(reasons(report)).toStrictEqual({ "GET /ring_groups is not for this user (403).": 7 });
  expect(terminalReport(report, { color: false })).toMatch(/\nConforms, as far as it was checked: /);
});

it("a prompt with other bytes, called as the one before, is told", async () => {
  let downloads = 0;
  await using pbx = await bench({
    answer: (answer, { path, method }) => {
      // Later it has other bytes.
      if (method !== "GET" || !download.test(path)) return;
      downloads += 1;
      if (downloads > 1) answer.body = Buffer.alloc(answer.body.length);
    },
  });
  const { restore } = await pbx.run({ write: "safe", only });
  expect(restore.detail).toBe(
    "The prompt's bytes are not as before. A prompt of the same name and size, with other bytes, is there. It may be somebody else's, spoken anew, and is left as it is.",
  );
});

it("a run sends no more requests than it may: what does not fit is skipped, and all is put back", async () => {
  await using pbx = await bench();
  const before = await stateOf(pbx);
  const writing = await pbx.run({ write: "full", maxRequests: 120 });
  expect(Object.keys(reasons(writing))).toContain(
    "The run may send 120 requests (maxRequests, --max-requests), and keeps the last 20 for putting everything back.",
  );
  expect([writing.requests <= 120, pbx.proxy.requests.length, writing.restore.status]).toStrictEqual([
    true,
    writing.requests,
    "restored",
  ]);
  expect(await stateOf(pbx)).toStrictEqual(before);
  const reading = await pbx.run({ maxRequests: 20 });
  expect(Object.keys(reasons(reading))).toContain(
    "The run may send 20 requests (maxRequests, --max-requests), and keeps the last 2 for a check that has begun.",
  );
  expect([reading.requests > 15, reading.requests <= 20]).toStrictEqual([true, true]);
});
