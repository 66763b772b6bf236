import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../message-of.ts";
import { ConfigurationError } from "../target.ts";
import type { Journal, Tenant } from "./journal.ts";
import { journalName, readJournal } from "./journal-file.ts";
import { beginningOf, isSameTenant, placeOf } from "./state-folder.ts";

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

/** Every run that has not put back what it changed, and what cannot be read of them; or those whose folders begin so. */
export const listUnfinished = async (
  stateDir: string,
  beginning = "",
): Promise<{ runs: Unfinished[]; damaged: Damaged[] }> => {
  const runs: Unfinished[] = [];
  const damaged: Damaged[] = [];
  for (const name of (await foldersIn(stateDir)).filter((one) => one.startsWith(beginning)).sort()) {
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
  (await listUnfinished(stateDir, beginningOf(url))).runs.find(
    ({ journal }) => placeOf(journal.url) === placeOf(url) && isSameTenant(journal.tenant, tenant),
  );

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
