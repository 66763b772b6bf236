import type { Database } from "./database.ts";

export interface TenantRow {
  id: string;
  name: string;
  domain: string;
  website: string | null;
  timezone: string | null;
  currency: string | null;
  region: string | null;
  enabled: number;
}

export interface Tenants {
  list(): TenantRow[];
  show(id: string): TenantRow | undefined;
  byDomain(domain: string): TenantRow | undefined;
  create(tenant: TenantRow): void;
}

export const createTenants = (database: Database): Tenants => {
  const list = database.all<TenantRow>("SELECT * FROM tenants ORDER BY rowid");
  const show = database.one<TenantRow>("SELECT * FROM tenants WHERE id = ?");
  const byDomain = database.one<TenantRow>("SELECT * FROM tenants WHERE domain = ?");
  const insert = database.run("INSERT INTO tenants VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  return {
    list,
    show,
    byDomain,
    create: ({ id, name, domain, website, timezone, currency, region, enabled }) => {
      insert(id, name, domain, website, timezone, currency, region, enabled);
    },
  };
};
