import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exitCodeOf } from "@callpark/contract";
import { restorationReport } from "@callpark/contract/reporters";
import { expect, test } from "vitest";
import { isCallPark } from "../proxy.ts";
import { guardedBench } from "./places.ts";

test("a prompt of the run's own that is to stay is called its own, and the one that was there is kept", async () => {
  let isCut = false;
  await using pbx = await guardedBench({
    request: () => {
      if (isCut) throw new Error("down");
      return undefined;
    },
    answer: async (_, request) => {
      if (!isCallPark(request, "POST")) return;
      isCut ||= (await pbx.settings())["prompt_file_name"] !== before["prompt_file_name"];
    },
  });
  const before = await pbx.settings();
  const bytes = Buffer.from(await (await fetch(`${pbx.sandbox.url}${before["prompt_file_url"]}`)).arrayBuffer());
  expect(exitCodeOf(await pbx.run({ write: "full", only: ["call_park.post.prompt_file_id.accepts"] }))).toBe(4);
  isCut = false;
  const left = await pbx.settings();
  await pbx.change({ recall_ring_group_time: 133 });

  const refused = await pbx.restore();
  expect([refused.status, refused.result?.ours]).toEqual(["failed", { ...before, ...left }]);

  const path = dirname(await pbx.journal());
  const { kept, ...rest } = await pbx.restore({ keepCurrent: true });
  expect(kept).toEqual({
    byRun: ["recall_time", "prompt_file_name", "prompt_file_size"].map((name) => ({
      name,
      was: before[name],
      now: left[name],
    })),
    byOthers: [{ name: "recall_ring_group_time", was: 300, now: 133 }],
  });
  const archive = join(path, "archive");
  const [file = "", ...more] = (await readdir(archive)).filter((name) => name.endsWith(".bin"));
  expect([more, await readFile(join(archive, file))]).toEqual([[], bytes]);
  expect(restorationReport({ ...rest, ...(kept && { kept }) })).toContain(
    `The settings are left as they are now. The prompt that was there before the run is kept in ${join(archive, file)}.`,
  );
});
