import type { Report } from "@callpark/contract";
import { startSandbox } from "@callpark/sandbox";
import { callpark } from "./callpark-process.ts";
import { interleave } from "./interleave.ts";
import type { Figure } from "./table.ts";

const RUNS: Record<string, string[]> = {
  "callpark --version": ["--version"],
  "verify, reads": ["verify", "--json"],
  "verify --write=full --only call_park": ["verify", "--write=full", "--yes", "--only", "call_park", "--json"],
  "verify --write=full": ["verify", "--write=full", "--yes", "--json"],
};

/** A run as a process, against a sandbox in this one. */
const run = async (name: string, latency?: number): Promise<{ wall: number; requests: number }> => {
  await using sandbox = await startSandbox(latency === undefined ? {} : { latency });
  const [command = "", ...options] = RUNS[name] ?? [];
  const isRun = command === "verify";
  const { accessToken } = await sandbox.signIn();
  const { wall, stdout } = await callpark(isRun ? [command, "--url", sandbox.url, ...options] : [command], {
    CALLPARK_TOKEN: accessToken,
  });
  return { wall, requests: isRun ? (JSON.parse(stdout) as Report).requests : 0 };
};

/** What a run on one PBX takes, process start included. */
export const verifyRuns = async (rounds: number): Promise<Figure[]> => {
  const requests = new Map<string, number>();
  const walls = await interleave(Object.keys(RUNS), rounds, async (name) => {
    const { wall, requests: sent } = await run(name);
    requests.set(name, sent);
    return wall;
  });
  const named = walls.map(({ name, rounds: all }) => ({
    name: requests.get(name) === 0 ? name : `${name}: ${requests.get(name)} requests`,
    rounds: all,
  }));
  return [
    { title: "A PBX that answers at once", unit: "ms", digits: 0, measured: named, bases: [] },
    await slowPbx(Math.min(rounds, 5)),
  ];
};

const slow = 100;

const slowPbx = async (rounds: number): Promise<Figure> => ({
  title: `A PBX that answers in ${slow} ms: the run's time`,
  unit: `× its requests at ${slow} ms`,
  digits: 2,
  bases: [],
  measured: await interleave(["verify, reads", "verify --write=full"], rounds, async (name) => {
    const { wall, requests } = await run(name, slow);
    return wall / (requests * slow);
  }),
});
