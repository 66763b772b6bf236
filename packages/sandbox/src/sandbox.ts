import type { Server } from "node:http";
import { withBehaviours } from "./behaviours/index.ts";
import { lines, newestLine } from "./lines.ts";
import { listen, originOf, stop } from "./listen.ts";
import type { Account, Sandbox, SandboxOptions, SandboxTenant } from "./options.ts";
import { createPbx } from "./pbx.ts";
import { basePath } from "./router.ts";
import { seed } from "./seed.ts";
import { createPbxServer } from "./server.ts";
import { stateOf } from "./state.ts";
import { openStore, type Store } from "./store/index.ts";

/**
 * Starts a PBX for call park on this machine.
 *
 * @throws SandboxPortError where the port is taken.
 * @throws SandboxDataError where the data file cannot be used.
 * @throws SandboxNodeError where this Node is too old.
 * @throws RangeError where an option has a value that it cannot have.
 *
 * @example
 * ```ts
 * await using pbx = await startSandbox();
 * const { accessToken } = await pbx.signIn();
 * const response = await fetch(`${pbx.apiUrl}/call_park`, { headers: { Authorization: `Bearer ${accessToken}` } });
 * ```
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const { port = 0, host = "127.0.0.1", dataFile, semantics = "merge", version = newestLine } = options;
  const { tokenLifetime = 1800, ringGroups = true, faults = [], variants = [], log, now = Date.now } = options;
  if (!Object.hasOwn(lines, version))
    throw new RangeError(`version is ${version}: choose one of ${Object.keys(lines).join(", ")}`);
  if (!Number.isInteger(tokenLifetime) || tokenLifetime < 1)
    throw new RangeError(`tokenLifetime is ${tokenLifetime}: choose a whole number of seconds, 1 or more`);

  const line = lines[version];
  const store = openStore({ file: dataFile ?? ":memory:", tokenLifetime, now });
  let server: Server;
  let bound: number;
  try {
    const pbx = { line, store, semantics };
    server = createPbxServer(withBehaviours(createPbx(pbx), pbx, { faults, variants }), log);
    if (store.tenants.list().length === 0) store.transaction(() => seed(store, line, ringGroups));
    bound = await listen(server, host, port);
  } catch (error) {
    store.close();
    throw error;
  }

  const url = originOf(host, bound);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= stop(server).then(() => store.close());
    return closing;
  };
  return {
    url,
    apiUrl: `${url}${basePath(line)}`,
    port: bound,
    version,
    accounts: accountsOf(store),
    tenants: tenantsOf(store),
    state: () => stateOf(store),
    signIn: async (account) => signIn(store, account),
    close,
    [Symbol.asyncDispose]: close,
  };
};

const tenantsOf = (store: Store): SandboxTenant[] =>
  store.tenants.list().map(({ id, name, domain }) => ({ id, name, domain }));

const accountsOf = (store: Store): Account[] =>
  store.accounts.list().map(({ username, password, role, tenant_id }) => {
    const tenant = tenant_id === null ? undefined : store.tenants.show(tenant_id);
    return { username, password, domain: tenant?.domain ?? null, role, tenant: tenant?.name ?? null };
  });

const signIn = (store: Store, account?: Pick<Account, "username" | "domain">) => {
  const found = account
    ? named(store, account)
    : store.accounts.list().find(({ role }) => role === "tenant administrator");
  if (!found)
    throw new Error(`Nobody is called ${account?.username} in ${account?.domain ?? "the system"}: see accounts`);
  return store.sessions.create(found.id, found.tenant_id);
};

const named = (store: Store, { username, domain }: Pick<Account, "username" | "domain">) => {
  const tenant = domain === null ? null : store.tenants.byDomain(domain)?.id;
  return tenant === undefined ? undefined : store.accounts.byName(tenant, username);
};
