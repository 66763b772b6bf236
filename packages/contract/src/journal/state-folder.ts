import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Tenant } from "./journal.ts";

/**
 * Where journals are kept: `$XDG_STATE_HOME/callpark`, else the platform's place for what a program remembers.
 */
export const defaultStateDir = (
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string => {
  const { XDG_STATE_HOME: xdg, LOCALAPPDATA: local } = env;
  // The specification of these variables says that a relative path counts for nothing.
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "callpark");
  if (platform === "darwin") return join(home, "Library", "Application Support", "callpark");
  if (platform === "win32") return join(local ?? join(home, "AppData", "Local"), "callpark");
  return join(home, ".local", "state", "callpark");
};

/** What tells one PBX's API from every other: host, port, and the prefix it may stand behind. */
export const placeOf = (baseUrl: string): string => {
  const { hostname, port, protocol, pathname } = new URL(baseUrl);
  const usual = protocol === "https:" ? "443" : "80";
  return `${hostname}:${port || usual}${pathname.replace(/(\/api)?\/?$/, "")}`;
};

/** How the names of all folders of one PBX begin, and perhaps those of a few others. */
export const beginningOf = (baseUrl: string): string => {
  const readable = placeOf(baseUrl).replace(/[^a-z0-9.]+/gi, "-");
  return `${readable.replace(/^[-.]+|[-.]+$/g, "").slice(0, 40)}-`;
};

/** The file in a tenant's folder that one process at a time may hold. */
export const lockName = "lock";

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** How the names of all folders of one tenant end, by whatever name its PBX is called. */
export const endingOf = ({ id, name }: Tenant): string => `-${hashOf(id ?? name)}`;

/** The folder of one tenant of one PBX. Its name begins readably, and is one that every file system takes. */
export const folderOf = (stateDir: string, baseUrl: string, tenant: Tenant): string =>
  join(stateDir, `${beginningOf(baseUrl)}${hashOf(placeOf(baseUrl))}${endingOf(tenant)}`);

/** Where its journals are, by whatever a run knew of it: one to which the PBX did not tell the id went by what its user said. */
export const foldersOf = (stateDir: string, baseUrl: string, { id, name }: Tenant): string[] =>
  [id, name].flatMap((known) => (known === undefined ? [] : [folderOf(stateDir, baseUrl, { name: known })]));

/** Are they the same tenant, as far as can be told? One of them may be known by no more than what a user called it. */
export const isSameTenant = (one: Tenant, other: Tenant): boolean =>
  one.id !== undefined && other.id !== undefined
    ? one.id === other.id
    : [one.id, one.name].some((known) => known !== undefined && [other.id, other.name].includes(known));
