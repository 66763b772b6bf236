import type { ChildProcess } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { beforeAll, expect, it } from "vitest";
import { callpark, start } from "./callpark.ts";
import { type Answer, type MeddlingProxy, type Passing, startProxy } from "./pbx.ts";
import { stateOf } from "./state.ts";

/** Set, the run is killed at each of its requests on each kind of PBX; else each kind has its share of them. */
const isThorough = process.env["CALLPARK_KILL_EVERYWHERE"] !== undefined;

/** Checks that write each kind of thing: a time, a partial body, a prompt, one prompt after the other, a group. */
const chosen = [
  /^call_park\.post\.recall_time\.accepts/,
  /^call_park\.post\.partial/,
  /^call_park\.post\.prompt_file_id\.accepts/,
  /^prompt_formats\.accepts/,
  /^call_park_groups\.create\.accepts/,
];
let argv: string[] = [];
beforeAll(async () => {
  const ids = (JSON.parse((await callpark(["verify", "--list", "--json"])).stdout) as { id: string }[]).map(
    ({ id }) => id,
  );
  const only = chosen.map((pattern) => ids.find((id) => pattern.test(id)));
  expect(only).not.toContain(undefined);
  argv = ["--write=full", "--yes", "--quiet", "--only", only.join(",")];
});

/** When the run is killed: as its request arrives, which is then never carried out, or after it has been. */
type Moment = "arrives" | "is done";

interface Lane extends AsyncDisposable {
  /** Runs, and kills the run at its request of that number. Answers with the requests that came. */
  run: (kill?: { at: number; moment: Moment }) => Promise<{ seen: Passing[]; killed: boolean }>;
  restore: () => Promise<{ code: number | null; stdout: string; stderr: string }>;
  state: () => Promise<unknown>;
  leftOver: () => Promise<string[]>;
}

const openLane = async (options: Parameters<typeof startSandbox>[0]): Promise<Lane> => {
  const pbx: Sandbox = await startSandbox(options);
  const { accessToken: token } = await pbx.signIn();
  const folder = await mkdtemp(join(tmpdir(), "callpark-kill-"));
  const env = { CALLPARK_TOKEN: token, XDG_STATE_HOME: folder };
  let child: ChildProcess | undefined;
  let kill: { at: number; moment: Moment } | undefined;
  let seen: Passing[] = [];
  const never = new Promise<Answer>(() => undefined);
  const proxy: MeddlingProxy = await startProxy(pbx.url, async (request, answer) => {
    seen.push(request);
    if (seen.length !== kill?.at) return answer();
    if (kill.moment === "is done") await answer();
    child?.kill("SIGKILL");
    return never;
  });
  return {
    run: async (at) => {
      seen = [];
      kill = at;
      const running = start(["verify", "--url", proxy.url, ...argv], env);
      child = running.child;
      const { code } = await running.ended;
      kill = undefined;
      return { seen, killed: code === null };
    },
    restore: () => callpark(["restore", "--url", proxy.url, "--yes"], env),
    state: () => stateOf(pbx, token),
    leftOver: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && !entry.parentPath.endsWith("archive"))
        .map(({ name }) => name),
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await pbx.close();
      await rm(folder, { recursive: true });
    },
  };
};

const variant = (id: string) => ({ variants: [`settings.${id}`] });
/** Lawful ways to write, each of which leaves something else behind when it is left alone. */
const kinds: [what: string, options: Parameters<typeof startSandbox>[0]][] = [
  ["keeps what a POST leaves out", {}],
  ["resets what a POST leaves out", { semantics: "replace" }],
  ["drops a prompt that a POST does not name", variant("left_out.prompt_dropped")],
  ["loses a field that no document has", variant("unknown_field.lost")],
  ["refuses null", variant("null_refused")],
  ["takes null for a field left out", { variants: ["left_open.null_left_out"] }],
  ["recalls to a ring group", variant("starts.ring_group")],
];

it.concurrent.each(kinds)(
  "F56: a run of a PBX that %s, killed at any request, leaves what restore puts back",
  async (what, options) => {
    await using lane = await openLane(options);
    const before = await lane.state();
    const whole = await lane.run();
    expect([whole.killed, await lane.state(), await lane.leftOver()]).toEqual([false, before, []]);
    const kills = whole.seen.flatMap(({ method }, index) => {
      const at = index + 1;
      if (method === "POST")
        return [
          { at, moment: "arrives" as const },
          { at, moment: "is done" as const },
        ];
      return isThorough || at % 6 === 0 ? [{ at, moment: "arrives" as const }] : [];
    });
    const parity = kinds.findIndex(([one]) => one === what);
    for (const [index, kill] of kills.entries()) {
      if (!isThorough && index % kinds.length !== parity) continue;
      const { killed } = await lane.run(kill);
      const { code, stdout, stderr } = await lane.restore();
      expect({ ...kill, killed, code, stderr, state: await lane.state() }).toEqual({
        ...kill,
        killed: true,
        code: 0,
        stderr: "",
        state: before,
      });
      expect(stdout).toMatch(/^(Restored: run [0-9a-f]{8} of |Nothing to restore\.\n$)/);
      // Again, with nothing left to do.
      if (index % 10 === 0)
        expect(await lane.restore()).toEqual({ code: 0, stdout: "Nothing to restore.\n", stderr: "" });
    }
    expect((await lane.run()).killed).toBe(false);
    expect([await lane.state(), await lane.leftOver()]).toEqual([before, []]);
  },
  isThorough ? 1_800_000 : 240_000,
);
