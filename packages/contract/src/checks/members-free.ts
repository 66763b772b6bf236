import { Skip } from "../check.ts";
import type { Context } from "../context.ts";
import { freeUsers, type MembersKnown, membersNow } from "./members-known.ts";
import type { Member } from "./members-there.ts";
import type { MembersWatch } from "./members-watch.ts";
import { type OwnGroups, post } from "./own-groups.ts";

const mostChoices = 3;

/**
 * Two users of the tenant who are in no group of it: they are looked for by what is known, and seen to be in none right
 * before they are put into one of the run's.
 *
 * @throws Skip where that is not known of any.
 */
export const usersToJoin = async (
  context: Context,
  own: OwnGroups,
  watch: MembersWatch,
  known: MembersKnown,
): Promise<Member[]> => {
  let { groups, unknown } = known;
  for (let choice = 0; choice < mostChoices; choice += 1) {
    const users = await freeUsers(context, { groups, ...(unknown && { unknown }) });
    ({ groups, unknown } = await membersNow(context, own));
    watch.knowsMore(groups);
    if (unknown === undefined && !users.some((user) => isIn(groups, user))) return users;
  }
  throw unknown ?? new Skip("Users who are in no call park group are put into some: somebody else is at work.");
};

const isIn = (groups: MembersKnown["groups"], { extension_number: number }: Member): boolean =>
  [...groups.values()].flat().some((one) => one["extension_number"] === number);

/** Where users are whom the run's groups do not have. */
export type Whereabouts = "in none" | "moved by somebody else" | "moved by the PBX, perhaps";

/**
 * Are these users in groups of the tenant's that did not have them? Who took them there is told by another user, who is
 * sent the same way: a PBX that does such a thing does it again.
 */
export const whereabouts = async (
  context: Context,
  own: OwnGroups,
  watch: MembersWatch,
  user: Member,
  another: Member | undefined,
): Promise<Whereabouts> => {
  const number = String(user["extension_number"]);
  if (!(await watch.isElsewhere(number))) return "in none";
  if (another === undefined || (await isMovedToo(context, own, watch, String(another["extension_number"]))))
    return "moved by the PBX, perhaps";
  watch.isTheirs(number);
  return "moved by somebody else";
};

/** Joins a group of the run's own, leaves it, and is in it when it goes. */
const isMovedToo = async (context: Context, own: OwnGroups, watch: MembersWatch, number: string): Promise<boolean> => {
  if (await watch.isElsewhere(number)) return true;
  const { path } = await own.one();
  const again = await own.made("again");
  watch.owns(again.id);
  const member = `${again.path}/members/${number}`;
  for (const step of [
    () => post(context, `${path}/members/${number}/destroy`),
    () => post(context, member),
    () => post(context, `${member}/destroy`),
    () => post(context, member),
    () => own.destroy(again),
  ]) {
    await step();
    if (await watch.isElsewhere(number)) return true;
  }
  return false;
};
