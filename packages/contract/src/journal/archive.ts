import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join, parse } from "node:path";
import { syncFolder } from "./durable-file.ts";
import { journalName } from "./journal-file.ts";

/** Journals of runs that ended well, kept for whoever wonders later what was there. */
const mostKept = 10;

/**
 * Puts a journal away, and drops the oldest of those put away before. Answers with the new path of the file that was to be
 * kept with it, if any.
 */
export const archive = async (folder: string, runId: string, file?: string): Promise<string | undefined> => {
  const old = join(folder, "archive");
  await mkdir(old, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(":", "-");
  const name = `${time}-${runId}`;
  const kept = file && join(old, `${name}.bin`);
  if (kept) await rename(join(folder, file), kept);
  await rename(join(folder, journalName), join(old, `${name}.json`));
  await syncFolder(folder);
  await clearLitter(folder);
  const files = (await readdir(old)).sort();
  const runs = [...new Set(files.map((one) => parse(one).name))].slice(-mostKept);
  for (const one of files) if (!runs.includes(parse(one).name)) await rm(join(old, one), { force: true });
  return kept;
};

/** Removes what is over, and what a process that was killed has left half written. */
export const clearLitter = async (folder: string): Promise<void> => {
  const litter = (await readdir(folder)).filter((name) => /^(journal\.json|prompt-.*\.bin)/.test(name));
  // The journal goes first: without its prompt it would be worth nothing.
  for (const name of litter.sort()) await rm(join(folder, name), { force: true });
};
