import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VerifyOptions } from "@callpark/contract";
import type { SandboxOptions } from "@callpark/sandbox";
import { expect, test } from "vitest";
import { isCallPark } from "../proxy.ts";
import { stateOf } from "../support.ts";
import { type GuardedBench, guardedBench } from "./places.ts";

type Settings = Record<string, unknown>;

interface Killed extends GuardedBench {
  /** All there was before the run. */
  before: unknown;
  /** Finishes what it left. */
  finish: () => ReturnType<GuardedBench["restore"]>;
}

/** Sends the second time alone, and then the first one; and never a default, by this seed. */
const run: VerifyOptions = {
  write: "full",
  only: ["call_park.post.recall_time", "call_park.post.recall_ring_group_time"],
  seed: 1,
};

/** A PBX as it is left by a run that is killed while it sends nothing but this field for the first time, as that is done. */
const killedSending = async (field: string, begin?: Settings, options: SandboxOptions = {}): Promise<Killed> => {
  const stateDir = await mkdtemp(join(tmpdir(), "callpark-killed-"));
  let left: Settings | undefined;
  const pbx = await guardedBench(
    {
      answer: async ({ status }, request) => {
        if (left !== undefined || status !== 200 || !isCallPark(request, "POST")) return;
        const body = JSON.parse(request.body.toString());
        if (Object.keys(body).length !== 1 || !(field in body)) return;
        left = await pbx.settings();
        await cp(pbx.stateDir, stateDir, { recursive: true });
      },
    },
    options,
  );
  if (begin !== undefined) await pbx.change(begin);
  const before = await stateOf(pbx);
  await pbx.run(run);
  for (const name of await readdir(stateDir, { recursive: true }))
    if (/(^|\/|\.)lock$/.test(name)) await rm(join(stateDir, name));
  const { prompt_file_url: url, ...settings } = left ?? {};
  await pbx.change({ ...settings, ...(url === null && { prompt_file_id: null }) });
  return {
    ...pbx,
    before,
    finish: () => pbx.restore({ stateDir }),
    [Symbol.asyncDispose]: async () => {
      await pbx[Symbol.asyncDispose]();
      await rm(stateDir, { recursive: true });
    },
  };
};

const live = { enabled: true, extension_number: "777", send_notification_to_parker: true };

test.each<[string, string, Settings, string]>([
  ["off", "recall_time", { enabled: false }, "enabled"],
  ["off, though no POST had left anything out before", "recall_ring_group_time", { enabled: false }, "enabled"],
  ["a default", "recall_time", { send_notification_to_parker: false }, "send_notification_to_parker"],
  [
    "several, and off",
    "recall_ring_group_time",
    { enabled: false, extension_number: "888", send_notification_to_parker: false },
    "enabled, extension_number, send_notification_to_parker",
  ],
])("F58: what somebody sets long after a run was killed while it sent one field is theirs: %s", async (...row) => {
  const [, field, change, names] = row;
  await using pbx = await killedSending(field, live);
  await pbx.change(change);
  const { status, result } = await pbx.finish();
  expect(status).toBe("failed");
  expect(result?.detail).toContain(
    `Somebody else changed the call park settings during the run (${names}): theirs is left as it is.`,
  );
  expect(await pbx.settings()).toMatchObject(change);
});

test("F58: a prompt that somebody takes away long after a run was killed is not put back", async () => {
  await using pbx = await killedSending("recall_time");
  await pbx.change({ prompt_file_id: null });
  expect((await pbx.finish()).status).toBe("failed");
  expect((await pbx.settings())["prompt_file_url"]).toBe(null);
});

const replaces = { semantics: "replace" } as const;

test.each<[string, string, Settings | undefined, SandboxOptions]>([
  ["keeps what it does not name", "recall_time", live, {}],
  ["resets what it does not name", "recall_time", live, replaces],
  ["resets what it does not name, as the first one shows", "recall_ring_group_time", live, replaces],
  ["resets what it does not name, and a prompt with it", "recall_ring_group_time", undefined, replaces],
])("F56: what a run leaves that is killed while it sends one field is put back where a POST %s", async (...row) => {
  const [, field, begin, options] = row;
  await using pbx = await killedSending(field, begin, options);
  expect(await stateOf(pbx)).not.toEqual(pbx.before);
  expect((await pbx.finish()).status).toBe("restored");
  expect(await stateOf(pbx)).toEqual(pbx.before);
});

test.each<[string, SandboxOptions, Settings | undefined, Settings]>([
  [
    "kept",
    {},
    live,
    {
      enabled: "kept",
      extension_number: "kept",
      recall_time: "kept",
      prompt_file_id: "kept",
      send_notification_to_parker: "kept",
    },
  ],
  ["reset", replaces, undefined, { enabled: "reset", recall_time: "reset", prompt_file_id: "reset" }],
])("what a POST does not name is %s: that is on disk before the next one", async (_, options, begin, unnamed) => {
  const journals: string[] = [];
  await using pbx = await guardedBench(
    {
      request: async (request) => {
        if (isCallPark(request, "POST")) journals.push(await readFile(await pbx.journal(), "utf8"));
        return undefined;
      },
    },
    options,
  );
  if (begin !== undefined) await pbx.change(begin);
  await pbx.run(run);
  const sent = pbx.proxy.requests.filter((request) => isCallPark(request, "POST"));
  const first = sent.findIndex(({ body }) => Object.keys(JSON.parse(body.toString())).length === 1);
  expect(JSON.parse(journals[first + 1] ?? "{}").journal.unnamed).toEqual(unnamed);
});
