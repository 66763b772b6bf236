import type { Report, WriteLevel } from "./report.ts";
import type { Session } from "./session.ts";
import { ConfigurationError, OtherTenantError } from "./target.ts";

/** The tenant of a PBX that does not say whose a token is. */
const unnamed = "the tenant of this token";

/** Can it be told from the PBX's other tenants? */
export const isNamed = ({ name }: { name: string }): boolean => name !== unnamed;

/**
 * The tenant that the token belongs to.
 *
 * @returns Undefined where it is not known: then nothing may be written.
 * @throws ConfigurationError where it is not the one named, or is kept from the user in a run that writes.
 */
export const findTenant = async (
  session: Session,
  named: string | undefined,
  write: WriteLevel,
): Promise<Report["target"]["tenant"]> => {
  const { status, json } = await session.once("/tenant");
  const tenant = json as { id?: unknown; name?: unknown; domain?: unknown } | undefined;
  if (status !== 200 || typeof tenant?.name !== "string") {
    if (named !== undefined) return { name: named };
    // An answer that is none is a finding: the reads go on, and nothing is written.
    if (write === "none" || !notForThisUser.includes(status)) return undefined;
    // A PBX that has no such operation cannot be asked: what it is called by then is its place.
    if (status === 404) return { name: unnamed };
    throw new ConfigurationError(
      `The PBX does not say which tenant the token belongs to (status ${status} for GET /tenant): name it (tenant, --tenant)`,
    );
  }
  const found = { name: tenant.name, ...(typeof tenant.id === "string" && { id: tenant.id }) };
  const known = [tenant.id, tenant.name, tenant.domain];
  if (named !== undefined && !known.includes(named))
    throw new OtherTenantError(
      `The token belongs to the tenant ${tenant.name}${typeof tenant.domain === "string" ? ` (${tenant.domain})` : ""}, not to ${named}`,
      found,
    );
  return found;
};

/** What a PBX answers that does not tell this user of the tenant. */
const notForThisUser = [401, 403, 404, 405];
