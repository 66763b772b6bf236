import type { Contract } from "../contract-document.ts";
import { itemsIn, mostOnPage } from "../paging.ts";
import type { Session } from "../session.ts";
import type { Exchange } from "../wire.ts";
import { groupsPath, isUnlisted, listGroups } from "./group-listing.ts";
import { settled } from "./patience.ts";
import { isSettings, type Settings } from "./settings.ts";

/** A user, by number, who is in a call park group, by its id. */
export interface Membership {
  group: string;
  number: string;
}

/** Not found, or said to have been there. */
export const isGone = (status: number): boolean => status === 404 || status === 410;

export const membersPath = (group: string): string => `${groupsPath}/${encodeURIComponent(group)}/members`;

export interface MembersRead {
  /** Undefined where not all of them could be read. */
  members?: Settings[];
  /** The last answer. */
  exchange: Exchange;
}

/**
 * All members of a group. They are documented to come at once: a PBX that counts more, or whose list is as long as a
 * page may be, is asked for what is left.
 */
export const readMembers = async (
  ask: (path: string) => Promise<Exchange>,
  group: string,
  page: number,
): Promise<MembersRead> => {
  const members = new Map<string, Settings>();
  for (;;) {
    const { size } = members;
    const query = size === 0 ? "" : `?top=${page}&skip=${size}`;
    const exchange = await ask(`${membersPath(group)}${query}`);
    const { status, json } = exchange;
    // Where a further page is refused there are none.
    if (size > 0 && status >= 400 && status < 500) return { members: [...members.values()], exchange };
    if (status >= 300 || !isSettings(json) || !Array.isArray(json["items"]) || !json["items"].every(isSettings))
      return { exchange };
    for (const one of itemsIn(json)) members.set(`${one["id"]} ${one["extension_number"]}`, one);
    const { count } = json;
    const isCounted = typeof count === "number";
    if (isCounted ? members.size >= count : members.size - size < page)
      return { members: [...members.values()], exchange };
    // One that pays no heed to `skip` gives the same page for ever.
    if (members.size === size) return isCounted ? { exchange } : { members: [...members.values()], exchange };
  }
};

export const numbersIn = (members: readonly Settings[]): string[] =>
  members.map(({ extension_number: number }) => number).filter((number) => typeof number === "string");

/** What it takes to put users back into the groups that they were in. */
export interface Grouping {
  session: Session;
  /** The ids of the groups that the run has made. */
  own: readonly string[];
  contract: Contract;
}

const readIn = ({ session, contract }: Grouping, group: string): Promise<MembersRead> =>
  readMembers((path) => session.send({ method: "GET", path }), group, mostOnPage(contract));

/** Is a group gone whose members could not be read? */
export const isGroupGone = async (
  { session, contract }: Pick<Grouping, "session" | "contract">,
  group: string,
  { status }: Exchange,
): Promise<boolean> => isGone(status) && isUnlisted(await listGroups(session, contract), group);

/**
 * Those of them who are in a group of the run's own.
 *
 * @throws Error where that cannot be seen: with such a group they would be lost.
 */
export const takenAway = async (grouping: Grouping, members: readonly Membership[]): Promise<Membership[]> => {
  if (members.length === 0) return [];
  const taken = new Set<string>();
  for (const group of grouping.own) {
    const { members: found, exchange } = await readIn(grouping, group);
    if (found === undefined && !(await isGroupGone(grouping, group, exchange)))
      throw new Error(
        `The members of a call park group of the run's own could not be read (status ${exchange.status}), so whether the tenant's are among them is not known.`,
      );
    for (const number of numbersIn(found ?? [])) taken.add(number);
  }
  return members.filter(({ number }) => taken.has(number));
};

/**
 * Puts users back into the groups that they were in before.
 *
 * @throws Error naming those who are not.
 */
export const putMembersBack = async (grouping: Grouping, members: readonly Membership[]): Promise<void> => {
  const left: string[] = [];
  for (const one of members) if (!(await isBack(grouping, one))) left.push(`${one.number} into the group ${one.group}`);
  if (left.length > 0)
    throw new Error(
      `Members of the tenant's own call park groups are in none, or in the run's, and could not be put back. Add them by hand: ${left.join(", ")}.`,
    );
};

const isBack = async (grouping: Grouping, { group, number }: Membership): Promise<boolean> => {
  const post = (path: string) => grouping.session.send({ method: "POST", path });
  const pathIn = (of: string) => `${membersPath(of)}/${encodeURIComponent(number)}`;
  const isIn = async () => numbersIn((await readIn(grouping, group)).members ?? []).includes(number);
  const joins = async () => {
    const { status } = await post(pathIn(group));
    return status < 300 && (await settled(await isIn(), isIn, (is) => !is)).value;
  };
  if ((await isIn()) || (await joins())) return true;
  // Somebody has destroyed it since: there is nothing to be put back into.
  if (isUnlisted(await listGroups(grouping.session, grouping.contract), group)) return true;
  // A user is in one group at most, and who is in another may be refused.
  for (const own of grouping.own) await post(`${pathIn(own)}/destroy`);
  if (await joins()) return true;
  // Should there be another try, it is seen again whose this one was.
  const [own] = grouping.own;
  if (own !== undefined) await post(pathIn(own));
  return false;
};
