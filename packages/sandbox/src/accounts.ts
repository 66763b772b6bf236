import type { Account, SandboxSession, SandboxTenant } from "./options.ts";
import type { AccountRow } from "./store/accounts.ts";
import type { Store } from "./store/index.ts";

const tenantsOf = (store: Store): SandboxTenant[] =>
  store.tenants.list().map(({ id, name, domain }) => ({ id, name, domain }));

const accountsOf = (store: Store): Account[] =>
  store.accounts.list().map(({ username, password, domain, role, tenant, two_factor }) => ({
    username,
    password,
    domain,
    role,
    tenant,
    twoFactor: two_factor === 1,
  }));

export interface Directory {
  read(): { accounts: readonly Account[]; tenants: readonly SandboxTenant[] };
  /** Reads anew the next time. */
  forget(): void;
}

/** Who is there. It is read when it is first asked for, since a PBX may have many. */
export const openDirectory = (store: Store): Directory => {
  let known: ReturnType<Directory["read"]> | undefined;
  return {
    read: () => {
      known ??= { accounts: accountsOf(store), tenants: tenantsOf(store) };
      return known;
    },
    forget: () => {
      known = undefined;
    },
  };
};

/** @throws Error where nobody has this name. */
export const signIn = (store: Store, account?: Pick<Account, "username" | "domain">): SandboxSession => {
  const found = account ? named(store, account) : store.accounts.first("tenant administrator");
  if (!found)
    throw new Error(
      account
        ? `Nobody is called ${account.username} in ${account.domain ?? "the system"}: see accounts`
        : "No tenant has an administrator: name an account",
    );
  return store.sessions.create(found.id, found.tenant_id);
};

const named = (store: Store, { username, domain }: Pick<Account, "username" | "domain">): AccountRow | undefined => {
  const tenant = domain === null ? null : store.tenants.byDomain(domain)?.id;
  return tenant === undefined ? undefined : store.accounts.byName(tenant, username);
};
