import { type Accounts, createAccounts } from "./accounts.ts";
import { type Blobs, createBlobs } from "./blobs.ts";
import { type CallParkStore, createCallPark } from "./call-park.ts";
import { openDatabase } from "./database.ts";
import { createGroups, type Groups } from "./groups.ts";
import { createIdentity, type IdentityStore } from "./identity.ts";
import { createNumbers, type Numbers } from "./numbers.ts";
import { emptying } from "./schema.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { createTenants, type Tenants } from "./tenants.ts";
import { createUploads, type Uploads } from "./uploads.ts";

/** All that the PBX remembers. */
export interface Store {
  accounts: Accounts;
  blobs: Blobs;
  callPark: CallParkStore;
  groups: Groups;
  identity: IdentityStore;
  numbers: Numbers;
  sessions: Sessions;
  tenants: Tenants;
  uploads: Uploads;
  /** True before the first tenant or user. */
  isEmpty(): boolean;
  /** Forgets everybody and everything, and not its certificate. */
  empty(): void;
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

export interface StoreOptions {
  /** A path, or `:memory:`. */
  file: string;
  /** Of an access token, in seconds. */
  tokenLifetime: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

export const openStore = ({ file, tokenLifetime, now }: StoreOptions): Store => {
  const database = openDatabase(file);
  const anybody = database.one("SELECT 1 FROM accounts LIMIT 1");
  return {
    accounts: createAccounts(database),
    blobs: createBlobs(database),
    callPark: createCallPark(database),
    groups: createGroups(database),
    identity: createIdentity(database),
    numbers: createNumbers(database),
    sessions: createSessions(database, tokenLifetime, now),
    tenants: createTenants(database),
    uploads: createUploads(database, now),
    isEmpty: () => anybody() === undefined,
    empty: () => database.runAll(emptying),
    transaction: (work) => database.transaction(work),
    close: () => database.close(),
  };
};
