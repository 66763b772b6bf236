import type { Database } from "./database.ts";

/** What a user may do. */
export type Role = "system administrator" | "tenant administrator" | "user";

export interface AccountRow {
  id: string;
  /** Null for the system administrator. */
  tenant_id: string | null;
  username: string;
  password: string;
  role: Role;
  /** 1 where signing in asks for a second factor. */
  two_factor: number;
}

/** An account with what its tenant is called. */
interface ListedAccount extends AccountRow {
  domain: string | null;
  tenant: string | null;
}

export interface Accounts {
  list(): ListedAccount[];
  /** The first one that was created. */
  first(role: Role): AccountRow | undefined;
  /** `tenantId` null: among those without a tenant. */
  byName(tenantId: string | null, username: string): AccountRow | undefined;
  create(account: AccountRow): void;
}

export const createAccounts = (database: Database): Accounts => {
  const list = database.all<ListedAccount>(
    `SELECT accounts.*, domain, name AS tenant FROM accounts LEFT JOIN tenants ON tenants.id = tenant_id
     ORDER BY accounts.rowid`,
  );
  const first = database.one<AccountRow>("SELECT * FROM accounts WHERE role = ? ORDER BY rowid LIMIT 1");
  const byName = database.one<AccountRow>(
    "SELECT * FROM accounts WHERE coalesce(tenant_id, '') = coalesce(?, '') AND username = ?",
  );
  const insert = database.run("INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?)");
  return {
    list,
    first,
    byName,
    create: ({ id, tenant_id, username, password, role, two_factor }) => {
      insert(id, tenant_id, username, password, role, two_factor);
    },
  };
};
