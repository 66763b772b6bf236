import type { Role } from "./accounts.ts";
import type { Database } from "./database.ts";
import { hash, makeId, makeToken, shortHash } from "./secrets.ts";

/** Who a token acts for. */
export interface SessionRow {
  id: string;
  account_id: string;
  /** The tenant that it is in. Null for a system administrator who has not switched to one. */
  tenant_id: string | null;
  role: Role;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds that the access token is good for. */
  expiresIn: number;
}

export interface Sessions {
  create(accountId: string, tenantId: string | null): Tokens;
  byAccessToken(token: string): SessionRow | undefined;
  /** New tokens for the same session; the old ones are no longer good. Undefined when refused. */
  refresh(refreshToken: string): Tokens | undefined;
  /** Is it a refresh token that is good? It stays so. */
  isRefreshToken(token: string): boolean;
  end(id: string): void;
  switchTenant(id: string, tenantId: string): void;
}

type KnownSession = SessionRow & { access_ends: number };

/** A refresh token is good for so many lifetimes of an access token. */
const refreshLifetimes = 24;

/** So many sessions of an account are good at once: the oldest makes room. A limit of the sandbox's own. */
const mostSessions = 100;

/** `lifetime` in seconds; `now` in milliseconds since 1970. */
export const createSessions = (database: Database, lifetime: number, now: () => number): Sessions => {
  const insert = database.run("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)");
  const find = database.one<KnownSession>(
    `SELECT sessions.id, account_id, sessions.tenant_id, role, access_ends FROM sessions
     JOIN accounts ON accounts.id = account_id WHERE access_hash = ?`,
  );
  /** By the short hash of the access token. */
  const known = database.cache<KnownSession>();
  const findRefresh = database.one<{ id: string }>(
    "SELECT id FROM sessions WHERE refresh_hash = ? AND refresh_ends > ?",
  );
  const update = database.run(
    "UPDATE sessions SET access_hash = ?, access_ends = ?, refresh_hash = ?, refresh_ends = ? WHERE id = ?",
  );
  const remove = database.run("DELETE FROM sessions WHERE id = ?");
  const removeEnded = database.run("DELETE FROM sessions WHERE refresh_ends <= ?");
  const removeOldest = database.run(
    `DELETE FROM sessions WHERE account_id = ?1
     AND rowid <= (SELECT rowid FROM sessions WHERE account_id = ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2)`,
  );
  const move = database.run("UPDATE sessions SET tenant_id = ? WHERE id = ?");

  const make = () => {
    const tokens = { accessToken: makeToken(), refreshToken: makeToken(), expiresIn: lifetime };
    const ends = now() + lifetime * 1000;
    const refreshEnds = now() + lifetime * 1000 * refreshLifetimes;
    return { tokens, columns: [hash(tokens.accessToken), ends, hash(tokens.refreshToken), refreshEnds] as const };
  };
  const { shared } = database;
  const remember = (key: string, found: KnownSession | undefined) => {
    if (!found) return undefined;
    const tenant_id = found.tenant_id === null ? null : shared(found.tenant_id);
    const session = { ...found, tenant_id, role: shared(found.role) };
    known.set(key, session);
    return session;
  };
  return {
    create: (accountId, tenantId) => {
      if (removeEnded(now()) + removeOldest(accountId, mostSessions - 1) > 0) known.clear();
      const { tokens, columns } = make();
      insert(makeId(), accountId, tenantId, ...columns);
      return tokens;
    },
    byAccessToken: (token) => {
      const key = shortHash(token);
      const session = known.get(key) ?? remember(key, find(hash(token)));
      return session && session.access_ends > now() ? session : undefined;
    },
    isRefreshToken: (token) => findRefresh(hash(token), now()) !== undefined,
    refresh: (refreshToken) => {
      const session = findRefresh(hash(refreshToken), now());
      if (!session) return undefined;
      const { tokens, columns } = make();
      known.clear();
      update(...columns, session.id);
      return tokens;
    },
    end: (id) => {
      known.clear();
      remove(id);
    },
    switchTenant: (id, tenantId) => {
      known.clear();
      move(tenantId, id);
    },
  };
};
