import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { acquireLock } from "@callpark/client/node";
import { messageOf } from "../message-of.ts";
import { ConfigurationError } from "../target.ts";
import type { Journal, Tenant } from "./journal.ts";
import { journalName, readJournal } from "./journal-file.ts";
import { beginningOf, endingOf, foldersOf, isSameTenant, lockName, placeOf } from "./state-folder.ts";

/** Where a journal is, and what it says. */
export interface Unfinished {
  path: string;
  journal: Journal;
}

/** Did nothing come of the run, or is all as it was? A process may end before it has taken the journal away. */
export const isOver = ({ phase }: Journal): boolean => phase === "prepared" || phase === "restored";

/** A journal that cannot be read, and why. */
interface Damaged {
  folder: string;
  message: string;
}

/** Every run that has not put back what it changed, and what cannot be read of them; or those whose folders are called so. */
export const listUnfinished = async (
  stateDir: string,
  isWanted: (folder: string) => boolean = () => true,
): Promise<{ runs: Unfinished[]; damaged: Damaged[] }> => {
  const runs: Unfinished[] = [];
  const damaged: Damaged[] = [];
  for (const name of (await foldersIn(stateDir)).filter(isWanted).sort()) {
    const folder = join(stateDir, name);
    const path = join(folder, journalName);
    try {
      const journal = await readJournal(path);
      if (journal !== undefined && !isOver(journal)) runs.push({ path, journal });
    } catch (error) {
      damaged.push({ folder, message: messageOf(error) });
    }
  }
  return { runs, damaged };
};

/** The run that has not put back what it changed of that tenant, if there is one. */
export const findUnfinished = async (stateDir: string, url: string, tenant: Tenant): Promise<Unfinished | undefined> =>
  // A machine that checks many PBXs has a folder for each of their tenants.
  (await listUnfinished(stateDir, (folder) => folder.startsWith(beginningOf(url)))).runs.find(
    ({ journal }) => placeOf(journal.url) === placeOf(url) && isSameTenant(journal.tenant, tenant),
  );

/** A journal of a tenant of this id that cannot be read, by whatever name its PBX was called. */
export const findDamaged = async (stateDir: string, url: string, tenant: Tenant): Promise<Damaged | undefined> => {
  const own = foldersOf(stateDir, url, tenant);
  const isOfTenant = (folder: string) =>
    own.includes(join(stateDir, folder)) || (tenant.id !== undefined && folder.endsWith(endingOf(tenant)));
  return (await listUnfinished(stateDir, isOfTenant)).damaged[0];
};

/**
 * A run on a tenant of this id that ended without putting back what it changed, on a PBX that was called otherwise then:
 * by an address in place of a name, it may well be the same.
 */
export const findElsewhere = async (stateDir: string, url: string, tenant: Tenant): Promise<Unfinished | undefined> => {
  if (tenant.id === undefined) return undefined;
  const { runs } = await listUnfinished(stateDir, (folder) => folder.endsWith(endingOf(tenant)));
  for (const run of runs) {
    const { journal } = run;
    if (placeOf(journal.url) === placeOf(url) || journal.tenant.id !== tenant.id) continue;
    // Two PBXs that were made from one image have tenants of the same ids: they may be checked side by side.
    if (!(await isAtWork(run))) return run;
  }
  return undefined;
};

const isAtWork = async ({ path }: Unfinished): Promise<boolean> => {
  try {
    await (await acquireLock(join(dirname(path), lockName), { wait: 0 })).release();
    return false;
  } catch {
    return true;
  }
};

/** What is to be done first, where that one is found, with the options of the run that found it. */
export const elsewhereMessage = ({ journal }: Unfinished, options: string | undefined): string =>
  `An earlier run has not put back what it changed of a tenant with this one's id (${describeRun(journal)}): it may be the same PBX by another name. First finish that one:\n  ${restoreCommand(journal.url, options)}`;

const foldersIn = async (stateDir: string): Promise<string[]> => {
  try {
    const entries = await readdir(stateDir, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new ConfigurationError(`The folder of journals ${stateDir} cannot be read (${code})`);
  }
};

/** For people: whose run, when, and where it wrote. */
export const describeRun = ({ runId, startedAt, url, tenant }: Journal): string =>
  `run ${runId} of ${startedAt} on ${url}, tenant ${tenant.name}`;

/** The command that finishes what a run began. */
export const restoreCommand = (url: string, options = ""): string =>
  `npx callpark restore --url ${url}${options === "" ? "" : ` ${options}`}`;
