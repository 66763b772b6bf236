import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "./durable-file.ts";
import { journalName } from "./journal-file.ts";

/** Journals of runs that ended well, kept for whoever wonders later what was there. */
const mostKept = 10;

/** Puts a journal away, and drops the oldest of those put away before. */
export const archive = async (folder: string, runId: string): Promise<void> => {
  const old = join(folder, "archive");
  await mkdir(old, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(":", "-");
  await rename(join(folder, journalName), join(old, `${time}-${runId}.json`));
  await syncFolder(folder);
  await clearLitter(folder);
  for (const name of (await readdir(old)).sort().slice(0, -mostKept)) await rm(join(old, name), { force: true });
};

/** Removes what is over, and what a process that was killed has left half written. */
export const clearLitter = async (folder: string): Promise<void> => {
  const litter = (await readdir(folder)).filter((name) => /^(journal\.json|prompt-.*\.bin)/.test(name));
  // The journal goes first: without its prompt it would be worth nothing.
  for (const name of litter.sort()) await rm(join(folder, name), { force: true });
};
