import type { Pbx } from "../../context.ts";
import type { Tokens } from "../../store/sessions.ts";

/** New tokens of the first tenant's administrator, for whom a faulty PBX takes anybody. */
export const administratorTokens = ({ store }: Pbx): Tokens => {
  const account = store.accounts.list().find(({ role }) => role === "tenant administrator");
  if (!account) throw new Error("The PBX has no tenant administrator");
  return store.sessions.create(account.id, account.tenant_id);
};

export const systemTokens = ({ store }: Pbx): Tokens => {
  const account = store.accounts.list().find(({ role }) => role === "system administrator");
  if (!account) throw new Error("The PBX has no system administrator");
  return store.sessions.create(account.id, store.tenants.list()[0]?.id ?? null);
};

/** A header with a good token. */
export const bearer = ({ accessToken }: Tokens): { authorization: string } => ({
  authorization: `Bearer ${accessToken}`,
});

/** The first tenant, whom the first administrator belongs to. */
export const firstTenant = ({ store }: Pbx): string => store.tenants.list()[0]?.id ?? "";

export const otherTenant = ({ store }: Pbx): string => store.tenants.list().at(-1)?.id ?? "";
