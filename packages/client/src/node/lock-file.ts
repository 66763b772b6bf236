import { randomUUID } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { isRunning, place, startOf } from "./processes.ts";

/** How long to be patient with other processes. */
export interface LockOptions {
  /**
   * How long to wait for another process that is at the file, in milliseconds. 0 asks once.
   * @default 90_000
   * @example 5000
   */
  wait?: number;
}

/** Who holds a lock, and what for. */
export interface AcquireOptions extends LockOptions {
  /**
   * What a process that has to do without the lock is told of this one.
   * @default nothing
   * @example "run 5f1c of callpark verify"
   */
  purpose?: string;
}

/** A lock that this process holds until it is released, or the process ends. */
export interface Lock {
  release(): Promise<void>;
}

interface Holder {
  pid: number;
  /** When that process started, in the system's own words: its number may be another process's by now. */
  started?: string;
  /** Where the pid means something. */
  place: string;
  /** Tells this holding from every other. */
  id: string;
  purpose?: string;
}

const longestPause = 250;

/**
 * Takes a lock that one process can hold at a time: a file that names its holder. The folder must be there. The lock of
 * a process that is provably gone is broken.
 *
 * @throws ConfigurationError where another holds it for too long.
 */
export const acquireLock = async (path: string, { wait = 90_000, purpose }: AcquireOptions = {}): Promise<Lock> => {
  const ends = performance.now() + wait;
  for (let pause = 5; ; pause = Math.min(pause * 2, longestPause)) {
    const lock = await attempt(path, purpose);
    if (lock !== undefined) return lock;
    if (performance.now() >= ends) throw new ConfigurationError(heldBy(path, await readHolder(path), wait));
    await sleep(pause * (0.5 + Math.random()));
  }
};

/**
 * Runs while holding a lock that one process can hold at a time.
 *
 * @throws ConfigurationError where another holds it for too long.
 */
export const withLock = async <Value>(
  path: string,
  run: () => Promise<Value>,
  options: LockOptions = {},
): Promise<Value> => {
  const lock = await acquireLock(path, options);
  try {
    return await run();
  } finally {
    await lock.release();
  }
};

const heldBy = (path: string, holder: Holder | undefined, wait: number): string => {
  const who = holder === undefined ? "an unknown process" : `process ${holder.pid} on ${holder.place}`;
  const what = holder?.purpose === undefined ? "" : ` (${holder.purpose})`;
  const long = wait === 0 ? "" : ` for longer than ${wait / 1000} s`;
  return `${path} is held by ${who}${what}${long}: if that is not running any more, delete the file`;
};

/** Undefined where another has the lock. */
const attempt = async (path: string, purpose?: string): Promise<Lock | undefined> => {
  const lock = await create(path, purpose);
  if (lock !== undefined) return lock;
  const holder = await readHolder(path);
  if (holder === undefined || !isGone(holder)) return undefined;
  return (await breakLock(path, holder)) ? create(path, purpose) : undefined;
};

/** Undefined where there is a file already: a new one is ours. */
const create = async (path: string, purpose?: string): Promise<Lock | undefined> => {
  const { pid } = process;
  const started = startOf(pid);
  const holder: Holder = {
    pid,
    ...(started !== undefined && { started }),
    place: place(),
    id: randomUUID(),
    ...(purpose !== undefined && { purpose }),
  };
  const draft = `${path}.${holder.id}.tmp`;
  try {
    const file = await open(draft, "wx", 0o600);
    await file.writeFile(JSON.stringify(holder)).finally(() => file.close());
    // A link is there whole or not at all: killed in between, a process leaves no lock of nobody's.
    await link(draft, path);
    return lockOf(path, holder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return undefined;
    if (code === undefined || !withoutLinks.has(code)) throw error;
    return (await createInPlace(path, holder)) ? lockOf(path, holder) : undefined;
  } finally {
    await rm(draft, { force: true });
  }
};

/** Somebody may have deleted the file, as the error above says, and another have taken the lock since: theirs is left. */
const lockOf = (path: string, { id }: Holder): Lock => ({
  release: async () => {
    if ((await readHolder(path))?.id === id) await rm(path, { force: true });
  },
});

/** What file systems answer that know no links. */
const withoutLinks: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

const createInPlace = async (path: string, holder: Holder): Promise<boolean> => {
  try {
    const file = await open(path, "wx", 0o600);
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

/** A pid of another machine or container says nothing here. */
const isGone = ({ pid, place: there, started }: Holder): boolean => there === place() && !isRunning(pid, started);

/**
 * Removes a dead holder's lock. Only who holds the second file may, and looks again once it does: else two who saw the
 * same dead holder would each remove a lock, the second that of the first. A process may die at this, too, so the
 * second file is a lock like the first.
 */
const breakLock = async (path: string, dead: Holder): Promise<boolean> => {
  const claim = await attempt(`${path}.break`);
  if (claim === undefined) return false;
  try {
    if ((await readHolder(path))?.id !== dead.id) return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await claim.release();
  }
};
