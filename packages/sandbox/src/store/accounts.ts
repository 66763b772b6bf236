import type { Database } from "./database.ts";

/** What a user may do. */
export type Role = "system administrator" | "tenant administrator" | "user";

interface AccountRow {
  id: string;
  /** Null for the system administrator. */
  tenant_id: string | null;
  username: string;
  password: string;
  role: Role;
}

export interface Accounts {
  list(): AccountRow[];
  show(id: string): AccountRow | undefined;
  /** `tenantId` null: among those without a tenant. */
  byName(tenantId: string | null, username: string): AccountRow | undefined;
  create(account: AccountRow): void;
}

export const createAccounts = (database: Database): Accounts => {
  const list = database.all<AccountRow>("SELECT * FROM accounts ORDER BY rowid");
  const show = database.one<AccountRow>("SELECT * FROM accounts WHERE id = ?");
  const byName = database.one<AccountRow>(
    "SELECT * FROM accounts WHERE coalesce(tenant_id, '') = coalesce(?, '') AND username = ?",
  );
  const insert = database.run("INSERT INTO accounts VALUES (?, ?, ?, ?, ?)");
  return {
    list,
    show,
    byName,
    create: ({ id, tenant_id, username, password, role }) => {
      insert(id, tenant_id, username, password, role);
    },
  };
};
