import { Skip } from "../check.ts";
import { type Context, send } from "../context.ts";
import { type Group, groupsPath as path } from "../guard/group-listing.ts";
import { readMembers } from "../guard/members.ts";
import { isSettings } from "../guard/settings.ts";
import { isPage, itemsIn, mostOnPage } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import { usualNumbers } from "./extension-numbers.ts";
import { answersThere, type Member } from "./members-there.ts";
import type { OwnGroups } from "./own-groups.ts";
import { readable, skipAbsent } from "./readable.ts";

/** Who is in the tenant's own groups. */
export interface MembersKnown {
  /** By the id of the group. */
  groups: ReadonlyMap<string, Member[]>;
  /** Why these may not be all. */
  unknown?: Skip;
}

/** So many requests are sent at most to see who is in no group. */
export const mostReadings = 20;

/** Where that is not enough for all, no user is joined to a group, and the first few are watched all the same. */
const mostOfMany = 3;

/** Those of the groups whose members are watched. */
export const watchedOf = <Item>(groups: readonly Item[], count: number = groups.length): Item[] =>
  groups.slice(0, count > mostReadings ? mostOfMany : count);

export const toldOf = (numbers: Iterable<string>): string =>
  `Users were put into call park groups of the tenant during the run, and are left there: ${[...numbers].join(", ")}.`;

/** The members of every group of the tenant that is none of the run's own, as far as they can be read: once for all. */
export const membersKnown = async (context: Context, own: OwnGroups): Promise<MembersKnown> =>
  membersOf(
    context,
    (one) => context.session.once(one),
    () => groupsThere(context, own),
  );

/** The same, read now, of the groups that were listed last. */
export const membersNow = async (context: Context, own: OwnGroups): Promise<MembersKnown> =>
  membersOf(
    context,
    (one) => send(context, { method: "GET", path: one }),
    async () => ({ count: own.theirs.length, listed: own.theirs }),
  );

interface Listed {
  /** How many there are. */
  count: number;
  listed: readonly Group[];
}

const membersOf = async (
  context: Context,
  ask: (path: string) => Promise<Exchange>,
  list: () => Promise<Listed>,
): Promise<MembersKnown> => {
  const groups = new Map<string, Member[]>();
  let left = mostReadings;
  const counted = (one: string): Promise<Exchange> => {
    if (left === 0) throw tooMany();
    left -= 1;
    return ask(one);
  };
  try {
    const { count, listed } = await list();
    for (const { id } of watchedOf(listed, count)) {
      if (typeof id !== "string") throw new Skip("The list of call park groups gives no id.");
      groups.set(id, await membersIn(context, counted, id));
    }
    if (count > mostReadings) throw tooMany();
    if (listed.length < count) throw new Skip(`${notKnown}: the PBX lists ${listed.length} of its ${count} groups.`);
    return { groups };
  } catch (error) {
    if (!(error instanceof Skip)) throw error;
    return { groups, unknown: error };
  }
};

const notKnown = "Who is in no call park group is not known";

const tooMany = () => new Skip(`${notKnown}: to read all their members takes more than ${mostReadings} requests.`);

/** The tenant's own groups, and how many there are. */
const groupsThere = async (context: Context, own: OwnGroups): Promise<Listed> => {
  const { json, status } = await readable(context, path);
  if (status >= 300 || !isPage(json)) throw new Skip(`${notKnown}: the groups are not listed (status ${status}).`);
  const theirs = (groups: Group[]) => groups.filter(({ id }) => !own.has(id));
  const listed = theirs(json.items);
  // Where it was read before the run made any there is none to leave out.
  const count = json.count - (json.items.length - listed.length);
  if (listed.length >= count || count > mostReadings) return { count: Math.max(count, listed.length), listed };
  return { count, listed: theirs((await own.listed()) ?? json.items) };
};

const membersIn = async (context: Context, ask: (path: string) => Promise<Exchange>, id: string): Promise<Member[]> => {
  const { members, exchange } = await readMembers(ask, id, mostOnPage(context.contract));
  if (members === undefined) {
    skipAbsent(exchange, exchange.request.path);
    throw new Skip(`${notKnown}: not all members of a group could be read (status ${exchange.status}).`);
  }
  if (members.every(isNamed)) return members;
  throw new Skip(`${notKnown}: members of a group have neither id nor number.`);
};

const isNamed = ({ id, extension_number: number }: Member): boolean =>
  typeof id === "string" || typeof number === "string";

const mostLooks = 10;

/** As long as a number can be that is counted with. */
const countable = /^\d{1,15}$/;

/** The numbers beside these, the nearest first. */
const beside = (numbers: readonly string[]): string[] =>
  [1, -1, 2, -2, 3]
    .flatMap((step) =>
      numbers
        .filter((number) => countable.test(number))
        .map((number) => String(Number(number) + step).padStart(number.length, "0")),
    )
    .filter((number) => countable.test(number));

/** Where numbers are short, some begin as others do: whoever takes one out may take both. */
const longer = ([first]: readonly Member[]): string[] => {
  const number = String(first?.["extension_number"]);
  return first !== undefined && number.length <= shortNumber && countable.test(number) ? [`${number}0`] : [];
};

const shortNumber = 3;

/**
 * Two users of the tenant who are none of these: near the users that are known, or where most PBXs begin.
 *
 * @throws Skip where none is found.
 */
const usersBeside = async (context: Context, there: readonly Member[]): Promise<Member[]> => {
  const numbers = there.map(({ extension_number: number }) => String(number));
  const ids = new Set(there.map(({ id }) => id));
  const found: Member[] = [];
  const looked = new Set(numbers);
  const next = () =>
    [
      ...longer(found),
      ...beside(found.map(({ extension_number: number }) => String(number))),
      ...beside(numbers),
      ...usualNumbers,
    ].find((number) => !looked.has(number));
  for (let looks = 0; looks < mostLooks && found.length < 2; looks += 1) {
    const number = next();
    if (number === undefined) break;
    looked.add(number);
    const { status, json } = await context.session.once(`/extension_numbers/${number}`);
    if (status === 200 && isSettings(json) && json["type"] === "EXTENSION" && !ids.has(json["id"])) found.push(json);
  }
  if (found.length === 0) throw new Skip("No user was found who is in no call park group.");
  return found;
};

/**
 * Two users of the tenant who are in no group of it.
 *
 * @throws Skip where that is not known of any.
 */
export const freeUsers = (context: Context, { groups, unknown: reason }: MembersKnown): Promise<Member[]> => {
  if (reason !== undefined) throw reason;
  return usersBeside(context, [...groups.values()].flat());
};

/** Two users of the tenant, near those who are in its first groups. */
export const someUsers = async (context: Context): Promise<Member[]> =>
  usersBeside(
    context,
    (await answersThere(context)).flatMap(({ json }) => itemsIn(json)),
  );
