import type { Context } from "../context.ts";
import { type Group, listGroups } from "../guard/group-listing.ts";
import { isPage, itemsIn } from "../paging.ts";
import type { Exchange } from "../wire.ts";

/** Does one name begin, end or go on as the other does, however it is written? */
export const isAkin = (one: string, other: string): boolean => {
  const [short = "", long = ""] = [one.toLowerCase(), other.toLowerCase()].sort((a, b) => a.length - b.length);
  return long.includes(short);
};

/** The groups of a page that has all of them. */
export const wholeOf = ({ status, json }: Exchange): Group[] | undefined =>
  status === 200 && isPage(json) && itemsIn(json).length === json.count ? json.items : undefined;

/** Every group of the tenant, page by page. Undefined where the PBX does not list them. */
export const groupsOf = async ({ session, contract }: Context): Promise<Group[] | undefined> =>
  (await listGroups(session, contract)).groups;
