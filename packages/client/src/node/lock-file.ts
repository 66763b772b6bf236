import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { ConfigurationError } from "../errors/configuration-error.ts";

/** How long to be patient with other processes. */
export interface LockOptions {
  /**
   * How long to wait for another process that is at the file, in milliseconds.
   * @default 90_000
   * @example 5000
   */
  wait?: number;
}

interface Holder {
  pid: number;
  /** Where the pid means something. */
  place: string;
  /** Tells this holding from every other. */
  id: string;
}

const longestPause = 250;

/**
 * Runs while holding a lock that one process can hold at a time.
 *
 * @throws ConfigurationError where another holds it for too long.
 */
export const withLock = async <Value>(
  path: string,
  run: () => Promise<Value>,
  { wait = 90_000 }: LockOptions = {},
): Promise<Value> => {
  const ends = performance.now() + wait;
  for (let pause = 5; !(await create(path)); pause = Math.min(pause * 2, longestPause)) {
    const holder = await readHolder(path);
    if (holder !== undefined && isGone(holder) && (await breakLock(path, holder))) continue;
    if (performance.now() >= ends) {
      const who = holder === undefined ? "an unknown process" : `process ${holder.pid} on ${holder.place}`;
      throw new ConfigurationError(
        `${path} is held by ${who} for longer than ${wait / 1000} s: if that is not running any more, delete the file`,
      );
    }
    await sleep(pause * (0.5 + Math.random()));
  }
  try {
    return await run();
  } finally {
    await rm(path, { force: true });
  }
};

/** True where the file is new, and thereby ours. */
const create = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path, "wx", 0o600);
    const holder: Holder = { pid: process.pid, place: place(), id: randomUUID() };
    await file.writeFile(JSON.stringify(holder)).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
};

/** Undefined where the file is gone again, or not yet written. */
const readHolder = async (path: string): Promise<Holder | undefined> => {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
};

/** A pid of another machine or container says nothing here, and one that answers may be another process by now. */
const isGone = ({ pid, place: there }: Holder): boolean => {
  if (there !== place()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
};

/**
 * Removes a dead holder's lock. Only who holds the second file may, and looks again once it does: else two who saw the
 * same dead holder would each remove a lock, the second that of the first.
 */
const breakLock = async (path: string, dead: Holder): Promise<boolean> => {
  const claim = `${path}.break`;
  if (!(await create(claim))) return false;
  try {
    if ((await readHolder(path))?.id !== dead.id) return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await rm(claim, { force: true });
  }
};

const place = (): string => {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
};
