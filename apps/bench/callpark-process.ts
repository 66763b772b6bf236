import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What a run of the command cost. */
export interface Cost {
  /** From the start of the process to its end, in milliseconds. */
  wall: number;
  /** The most memory that it held, in MiB. */
  memory: number;
  /** What it printed. */
  stdout: string;
}

const bin = join(dirname(createRequire(import.meta.url).resolve("callpark/package.json")), "bin/callpark.js");
const probe = new URL("./memory-probe.js", import.meta.url).href;

/** Runs the built command as a process. */
export const callpark = async (argv: readonly string[], env: Record<string, string> = {}): Promise<Cost> => {
  const folder = await mkdtemp(join(tmpdir(), "callpark bench "));
  const memoryFile = join(folder, "memory");
  const { PATH = "" } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, ["--import", probe, bin, ...argv], {
    env: { PATH, XDG_STATE_HOME: folder, CALLPARK_BENCH_MEMORY: memoryFile, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  const wall = performance.now() - began;
  if (code !== 0) throw new Error(`callpark ${argv.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
  const memory = Number(await readFile(memoryFile, "utf8")) / 1024;
  await rm(folder, { recursive: true });
  return { wall, memory, stdout };
};
