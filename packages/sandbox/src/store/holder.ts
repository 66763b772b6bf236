import { readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * Who has the data file open, beside it: the lock itself is the database's, which ends with the process and tells nobody
 * whose it is. So this may be there no more, or from a process that was killed, and does no harm then.
 */
const besides = (file: string): string => `${file}-pid`;

export const nameHolder = (file: string): void => writeFileSync(besides(file), `${process.pid}\n`);

export const forgetHolder = (file: string): void => rmSync(besides(file), { force: true });

/** In words: the process by its number, where that one is still there. */
export const holderOf = (file: string): string => {
  try {
    const pid = Number(readFileSync(besides(file), "utf8"));
    if (pid === process.pid) return "this process itself";
    process.kill(pid, 0);
    return `process ${pid}`;
  } catch {
    return "another process";
  }
};
