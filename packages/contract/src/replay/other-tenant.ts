import type { Report } from "../report.ts";
import { printable } from "../reporters/text.ts";
import { ConfigurationError, OtherTenantError } from "../target.ts";

/**
 * What a replay that took the tenant's id from the report says where the PBX does not know it: with the names, and what
 * to do. Any other error is as it was.
 */
export const explainTenant = (error: unknown, { target: { tenant } }: Report): unknown => {
  if (!(error instanceof OtherTenantError) || tenant === undefined) return error;
  const now = error.tenant;
  const met = now === undefined ? "this PBX has no tenant of that id" : `the token belongs to the tenant ${of(now)}`;
  const goOn = now === undefined ? "name its tenant (--tenant)" : `add --tenant ${quoted(now.name)}`;
  return new ConfigurationError(
    `The report is of the tenant ${of(tenant)}, and ${met}. A PBX or sandbox that was set up anew has other ids: if this is the one you mean, ${goOn}. Else get in as a user of the report's tenant`,
  );
};

/** Whose settings a replay looked at, and whether they are another's than the report's. */
export const replayedTenant = ({ target: then }: Report, { target: now }: Report): string => {
  if (now.tenant === undefined) return "the PBX does not say which";
  // A sandbox that is there for one run has new ids in each.
  if (then.tenant === undefined || (then.embedded && now.embedded)) return printable(now.tenant.name);
  const key = then.tenant.id !== undefined && now.tenant.id !== undefined ? "id" : "name";
  return printable(
    then.tenant[key] === now.tenant[key]
      ? now.tenant.name
      : `${of(now.tenant)}: another than the report's, which is of ${of(then.tenant)}`,
  );
};

const of = ({ name, id }: { name: string; id?: string }): string => (id === undefined ? name : `${name} (${id})`);

const quoted = (name: string): string => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
