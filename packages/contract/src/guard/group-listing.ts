import type { Contract } from "../contract-document.ts";
import { isPage, mostOnPage } from "../paging.ts";
import type { Session } from "../session.ts";
import { isSettings } from "./settings.ts";

export const groupsPath = "/call_park_groups";

export interface Group {
  id: string;
  name?: unknown;
  recall_to?: unknown;
  ring_group_id?: unknown;
}

/** What a PBX says its groups are. */
export interface Listing {
  /** Undefined where it does not list them. */
  groups: Group[] | undefined;
  /** As many as it counts, each with its id: then what is not among them is not there. */
  isWhole: boolean;
  /** Does the PBX say that it knows no such list? Then it has no groups either, unless it had some before. */
  isUnknown: boolean;
}

/** Not found, not allowed, gone, not implemented. */
const unknown = [404, 405, 410, 501];

/** Every group of the tenant, page by page. */
export const listGroups = async (session: Session, contract: Contract): Promise<Listing> => {
  const top = mostOnPage(contract);
  const groups: Group[] = [];
  for (;;) {
    const query = groups.length === 0 ? `top=${top}` : `top=${top}&skip=${groups.length}`;
    const { status, json } = await session.send({ method: "GET", path: `${groupsPath}?${query}` });
    if (status !== 200 || !isPage(json))
      return { groups: undefined, isWhole: false, isUnknown: unknown.includes(status) };
    const items: Group[] = json.items.filter(isSettings);
    const fresh = items.filter(({ id }) => !groups.some((group) => group.id === id));
    groups.push(...fresh);
    // A PBX that pays no heed to `skip` gives the same page for ever.
    if (fresh.length === 0 || groups.length >= json.count)
      return { groups, isWhole: groups.length === json.count && groups.every(hasId), isUnknown: false };
  }
};

/** Does a whole list lack it? Only that says that a group is gone: 404 may be said of all groups for a while. */
export const isUnlisted = ({ groups = [], isWhole }: Listing, id: string): boolean =>
  isWhole && groups.every((group) => group.id !== id);

export const hasId = ({ id }: Group): boolean => typeof id === "string" && id !== "";

const parts = ["name", "recall_to", "ring_group_id"] as const;

/** What is looked at of a group, and nothing else that the PBX says of it. */
export const partsOf = (group: Group): Group => ({
  id: group.id,
  ...Object.fromEntries(parts.filter((part) => part in group).map((part) => [part, group[part]])),
});

/** What of a group is another than before, as far as both say it. */
export const movedParts = (before: Omit<Group, "id">, now: Omit<Group, "id">): string[] =>
  parts.filter((part) => part in before && part in now && before[part] !== now[part]);
