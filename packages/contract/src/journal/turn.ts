import { join } from "node:path";
import { CallParkError } from "@callpark/client";
import { acquireLock, type Lock } from "@callpark/client/node";
import { ConfigurationError } from "../target.ts";
import type { Tenant } from "./journal.ts";
import { endingOf } from "./state-folder.ts";

/** How long one attempt waits, in milliseconds, before it is looked whether there is still a wish to. */
const oneAttempt = 1000;

/** The right to write to tenants of one id. */
export interface Turn extends Lock {
  /** Was somebody else at work when it was asked for? What was read before may be their doing. */
  isLate: boolean;
}

/** How a turn is taken. */
export interface TurnOptions {
  /** What others are told of it. */
  purpose: string;
  /** Waited for until this is aborted; not at all without it. */
  until?: AbortSignal | undefined;
}

/**
 * Keeps everybody else from writing to a tenant of this id, whatever its PBX is called: by an address in place of a name,
 * it is the same one. Two PBXs that were made from one image have tenants of the same ids: those take turns.
 *
 * @returns Undefined where the id is not known.
 * @throws ConfigurationError where another run is at work.
 */
export const takeTurn = async (
  stateDir: string,
  tenant: Tenant,
  { purpose, until }: TurnOptions,
): Promise<Turn | undefined> => {
  if (tenant.id === undefined) return undefined;
  const path = join(stateDir, `tenant${endingOf(tenant)}.lock`);
  for (let isLate = false; ; isLate = true)
    try {
      return { ...(await acquireLock(path, { wait: isLate ? oneAttempt : 0, purpose })), isLate };
    } catch (error) {
      if (!(error instanceof CallParkError)) throw error;
      if (until === undefined || until.aborted)
        throw new ConfigurationError(
          `Another run writes to a tenant with this one's id, which may be the same one by another name of its PBX. Run again when it has ended: ${error.message}`,
        );
    }
};
