import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { restore } from "@callpark/contract";
import { startSandbox } from "@callpark/sandbox";
import { expect, it } from "vitest";
import { start } from "./callpark.ts";
import { stateOf } from "./state.ts";

/** Set, the run is killed at each of its file operations; else at every third. */
const step = process.env["CALLPARK_KILL_EVERYWHERE"] === undefined ? 3 : 1;
const preload = new URL("kill-at-file-operation.ts", import.meta.url).href;

it("F56: a run killed between any two steps of its journal leaves nothing changed, or what restore puts back", async () => {
  const pbx = await startSandbox();
  const { accessToken: token } = await pbx.signIn();
  const folder = await mkdtemp(join(tmpdir(), "callpark-steps-"));
  const counted = join(folder, "count");
  const ids = "call_park.post.own_settings,call_park.post.recall_time";
  const run = (place: string, more: Record<string, string>) =>
    start(["verify", "--url", pbx.url, "--write=safe", "--yes", "--quiet", "--only", ids], {
      CALLPARK_TOKEN: token,
      XDG_STATE_HOME: join(folder, place),
      NODE_OPTIONS: `--import=${preload}`,
      ...more,
    }).ended;
  const finish = (place: string) => restore({ url: pbx.url, token }, { stateDir: join(folder, place, "callpark") });
  const before = await stateOf(pbx, token);

  expect((await run("whole", { COUNT_INTO: counted })).code).toBe(0);
  const operations = Number(await readFile(counted, "utf8"));
  expect(operations).toBeGreaterThan(50);
  const seen = new Set<string>();
  for (let at = 1; at <= operations; at += step) {
    const place = `killed-${at}`;
    const { code } = await run(place, { KILL_AT: String(at) });
    const { status } = await finish(place);
    seen.add(status);
    expect({ at, code, status, state: await stateOf(pbx, token) }).toEqual({
      at,
      code: null,
      status: expect.stringMatching(/^(restored|not-needed)$/),
      state: before,
    });
  }
  expect([...seen].sort()).toEqual(["not-needed", "restored"]);
  // What the dead have left keeps nobody out: neither their locks nor half of a lock broken.
  for (let at = 1; at <= 12; at += 1) await run("again", { KILL_AT: String(at) });
  expect((await run("again", {})).code).toBe(0);
  await pbx.close();
  await rm(folder, { recursive: true });
}, 240_000);
