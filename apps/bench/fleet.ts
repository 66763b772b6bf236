import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@callpark/sandbox";
import { type Cost, callpark } from "./callpark-process.ts";
import { interleave } from "./interleave.ts";
import type { Figure } from "./table.ts";

const latency = 20;
const counts = [1, 10, 50, 200];

/** Runs on many PBXs, each a sandbox in this process. */
export const fleet = async (rounds: number): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), "callpark fleet bench "));
  const pbxs: Sandbox[] = [];
  for (let at = 0; at < Math.max(...counts); at += 1) pbxs.push(await startSandbox({ latency }));
  const lines = await Promise.all(pbxs.map(entry));
  const run = async (count: number): Promise<Cost> => {
    const file = join(folder, `${count}.yaml`);
    await writeFile(file, `targets:\n${lines.slice(0, count).join("")}`);
    return callpark(["verify", "--all", "--config", file, "--quiet"], Object.fromEntries(tokens));
  };
  const memory = new Map<string, number[]>();
  const names = counts.map((count) => `${count} PBX${count === 1 ? "" : "s"}`);
  const walls = await interleave(names, Math.min(rounds, 5), async (name) => {
    const cost = await run(Number.parseInt(name, 10));
    memory.set(name, [...(memory.get(name) ?? []), cost.memory]);
    return cost.wall;
  });
  await Promise.all(pbxs.map((pbx) => pbx.close()));
  await rm(folder, { recursive: true });
  const bases = names.slice(0, 1);
  return [
    { title: `PBXs that answer in ${latency} ms, reads`, unit: "ms", digits: 0, measured: walls, bases },
    {
      title: "The most memory that the process held",
      unit: "MiB",
      digits: 0,
      bases,
      measured: names.map((name) => ({ name, rounds: memory.get(name) ?? [] })),
    },
  ];
};

const tokens = new Map<string, string>();

const entry = async (pbx: Sandbox, at: number): Promise<string> => {
  tokens.set(`TOKEN_${at}`, (await pbx.signIn()).accessToken);
  return `  - { name: pbx-${at}, url: "${pbx.url}", token: { env: TOKEN_${at} } }\n`;
};
