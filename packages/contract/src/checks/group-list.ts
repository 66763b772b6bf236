import { type Context, send } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import { isPage, itemsIn } from "../paging.ts";
import type { Exchange } from "../wire.ts";

export const path = "/call_park_groups";

export interface Group {
  id: string;
  name?: unknown;
  recall_to?: unknown;
  ring_group_id?: unknown;
}

const parts = ["name", "recall_to", "ring_group_id"] as const;

/** What of a group is another than before, as far as both say it. */
export const movedParts = (before: Group, now: Group): string[] =>
  parts.filter((part) => part in before && part in now && before[part] !== now[part]);

/** Is it the same group, as far as both say it? */
export const isAlike = (before: Group, now: Group | undefined): boolean =>
  now !== undefined && movedParts(before, now).length === 0;

/** The groups of a page that has all of them. */
export const wholeOf = ({ status, json }: Exchange): Group[] | undefined =>
  status === 200 && isPage(json) && itemsIn(json).length === json.count ? json.items : undefined;

/** Every group of the tenant, page by page. Undefined where the PBX does not list them. */
export const groupsOf = async (context: Context): Promise<Group[] | undefined> => {
  const top = (context.contract.at("#/components/parameters/Top/schema") as Schema).maximum ?? 1;
  const groups: Group[] = [];
  for (;;) {
    const query = groups.length === 0 ? `top=${top}` : `top=${top}&skip=${groups.length}`;
    const { status, json } = await send(context, { method: "GET", path: `${path}?${query}` });
    if (status !== 200 || !isPage(json)) return undefined;
    const fresh = json.items.filter(({ id }) => !groups.some((group) => group.id === id));
    groups.push(...fresh);
    // A PBX that pays no heed to `skip` gives the same page for ever.
    if (fresh.length === 0 || groups.length >= json.count) return groups;
  }
};
