import type { Context } from "../context.ts";
import { type Group, listGroups, movedParts } from "../guard/group-listing.ts";
import { isPage, itemsIn } from "../paging.ts";
import type { Exchange } from "../wire.ts";

/** Is it the same group, as far as both say it? */
export const isAlike = (before: Group, now: Group | undefined): boolean =>
  now !== undefined && movedParts(before, now).length === 0;

/** The groups of a page that has all of them. */
export const wholeOf = ({ status, json }: Exchange): Group[] | undefined =>
  status === 200 && isPage(json) && itemsIn(json).length === json.count ? json.items : undefined;

/** Every group of the tenant, page by page. Undefined where the PBX does not list them. */
export const groupsOf = async ({ session, contract }: Context): Promise<Group[] | undefined> =>
  (await listGroups(session, contract)).groups;
