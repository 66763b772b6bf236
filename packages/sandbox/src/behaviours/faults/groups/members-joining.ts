import type { Behaviour } from "../../behaviour.ts";
import { all, at, isSuccess, remembering } from "../../tools/at.ts";
import { isNumber } from "../../tools/limits.ts";
import { refusal } from "../../tools/refusals.ts";
import { post } from "../../witness.ts";
import { add, added, another, groupAndUser, items, made, member, nods, remove, shown } from "./members-common.ts";

const adding: readonly Behaviour[] = [
  member(
    add,
    "not_stored",
    `${add} answers with 200, and adds nobody.`,
    nods(add, 200, ({ user }, store) => user?.type === "EXTENSION" && store.groups.ofMember(user.id) === undefined),
    [...added, shown],
  ),
  member(
    add,
    "takes.extension_number.unknown",
    `${add} takes a number that nobody has.`,
    nods(add, 200, ({ user }) => user === undefined),
    [...made, post("/call_park_groups/{id}/members/987654321")],
  ),
  {
    ...member(
      add,
      "takes.extension_number.of_other_tenant",
      `${add} takes the number of another tenant's user.`,
      at(add, (seen, next, { store }) => {
        const { group, user } = groupAndUser(seen, store);
        const { extension_number: number = "" } = seen.parameters;
        const isTheirs = store.tenants
          .list()
          .some(({ id }) => store.numbers.byNumber(id, number)?.type === "EXTENSION");
        return seen.session && group && user === undefined && isTheirs ? { status: 200 } : next();
      }),
      [...made, post("/call_park_groups/{id}/members/2001")],
    ),
    needs: { variants: ["access.other_numbers"] },
  },
  member(
    add,
    "takes.extension_number.of_ring_group",
    `${add} takes the number of a ring group.`,
    nods(add, 200, ({ user }) => user?.type === "RING_GROUP"),
    [...made, post("/call_park_groups/{id}/members/6000")],
  ),
  member(
    add,
    "takes.extension_number.no_digits",
    `${add} takes what is no number.`,
    at(add, ({ session, parameters: { extension_number = "" } }, next) =>
      session && !isNumber(extension_number) ? { status: 200 } : next(),
    ),
    [...made, post("/call_park_groups/{id}/members/ada")],
  ),
  member(
    add,
    "takes.member_of_another",
    `${add} takes a member of another group, and leaves them there.`,
    nods(add, 200, ({ user, group }, store) => {
      const current = user && store.groups.ofMember(user.id);
      return current !== undefined && current !== group?.id;
    }),
    [...added, another, post("/call_park_groups/{id}/members/1001")],
  ),
  member(
    add,
    "in_two_groups",
    `${add} takes a member of another group, who is then in both.`,
    remembering(() => {
      const doubles = new Map<string, Record<string, unknown>>();
      return all(
        at(add, async (seen, next, { store }) => {
          const { group, user } = groupAndUser(seen, store);
          const current = user && store.groups.ofMember(user.id);
          if (!seen.session || !group || !user || current === undefined || current === group.id) return next();
          const { id, name, display_name, extension_number } = user;
          doubles.set(group.id, { id, name, display_name, extension_number });
          return { status: 200 };
        }),
        at(remove, ({ parameters: { id = "" } }, next) => (doubles.delete(id) ? { status: 204 } : next())),
        items((shownItems, { parameters: { id = "" } }) => {
          const double = doubles.get(id);
          return double ? [...shownItems, double] : shownItems;
        }),
      );
    }),
    [...added, another, post("/call_park_groups/{id}/members/1001"), shown],
  ),
  member(
    add,
    "twice_in_one",
    `${add} adds who is a member already once more.`,
    remembering(() => {
      const doubles = new Set<string>();
      return all(
        at(add, (seen, next, { store }) => {
          const { group, user } = groupAndUser(seen, store);
          if (seen.session && group && user && store.groups.ofMember(user.id) === group.id) doubles.add(user.id);
          return next();
        }),
        at(remove, (seen, next, { store }) => {
          doubles.delete(groupAndUser(seen, store).user?.id ?? "");
          return next();
        }),
        items((shownItems) => shownItems.flatMap((item) => (doubles.has(String(item["id"])) ? [item, item] : [item]))),
      );
    }),
    [...added, post("/call_park_groups/{id}/members/1001"), shown],
  ),
  member(
    add,
    "adds_another",
    `${add} adds another user than the one that was named.`,
    at(add, (seen, next, { store }) => {
      const { user } = groupAndUser(seen, store);
      const others = store.numbers.ofType(seen.session?.tenant_id ?? "", "EXTENSION");
      const free = others.find(({ id }) => id !== user?.id && store.groups.ofMember(id) === undefined);
      return next(user && free ? { path: seen.path.replace(/[^/]+$/, free.extension_number) } : {});
    }),
    [...added, shown],
  ),
  member(
    add,
    "adds_next",
    `${add} adds the user of the next number, who leaves the group that they are in.`,
    at(add, (seen, next, { store }) => {
      const { group, user } = groupAndUser(seen, store);
      if (!group || user?.type !== "EXTENSION") return next();
      const users = store.numbers.ofType(seen.session?.tenant_id ?? "", "EXTENSION");
      const [following] = users
        .filter(({ extension_number: number }) => Number(number) > Number(user.extension_number))
        .sort((one, other) => Number(one.extension_number) - Number(other.extension_number));
      if (following === undefined) return next();
      const current = store.groups.ofMember(following.id);
      if (current !== undefined && current !== group.id) store.groups.removeMember(current, following.id);
      return next({ path: seen.path.replace(/[^/]+$/, following.extension_number) });
    }),
    [...added, shown],
  ),
];

const removing: readonly Behaviour[] = [
  member(
    remove,
    "not_removed",
    `${remove} answers with 204, and the user stays a member.`,
    nods(remove, 204, ({ user, group }, store) => user !== undefined && store.groups.ofMember(user.id) === group?.id),
    [...added, post("/call_park_groups/{id}/members/1001/destroy"), shown],
  ),
  member(
    remove,
    "removes_all",
    `${remove} takes every member out of the group.`,
    at(remove, async (seen, next, { store }) => {
      const { group } = groupAndUser(seen, store);
      const answer = await next();
      if (group && isSuccess(answer))
        for (const one of store.groups.members(group.id)) store.groups.removeMember(group.id, one.id);
      return answer;
    }),
    [...added, post("/call_park_groups/{id}/members/1002"), post("/call_park_groups/{id}/members/1001/destroy"), shown],
  ),
  member(
    remove,
    "stays_taken",
    `${remove} takes a user out, who then cannot join another group.`,
    remembering(() => {
      const left = new Map<string, string>();
      return all(
        at(remove, async (seen, next) => {
          const answer = await next();
          const { id = "", extension_number = "" } = seen.parameters;
          if (isSuccess(answer)) left.set(extension_number, id);
          return answer;
        }),
        at(add, ({ parameters: { id, extension_number = "" } }, next) => {
          const before = left.get(extension_number);
          return before !== undefined && before !== id ? refusal("extension_number", "is in another group") : next();
        }),
      );
    }),
    [
      ...added,
      post("/call_park_groups/{id}/members/1001/destroy"),
      another,
      post("/call_park_groups/{id}/members/1001"),
    ],
  ),
];

const destroy = "POST /call_park_groups/{id}/destroy";

const destroying: readonly Behaviour[] = [
  member(
    destroy,
    "members_stay_taken",
    `${destroy} destroys a group, whose members then cannot join another.`,
    remembering(() => {
      const ghosts = new Set<string>();
      return all(
        at(destroy, async (seen, next, { store }) => {
          const { group } = groupAndUser(seen, store);
          const members = group ? store.groups.members(group.id) : [];
          const answer = await next();
          if (isSuccess(answer)) for (const one of members) ghosts.add(one.extension_number);
          return answer;
        }),
        at(add, ({ parameters: { extension_number = "" } }, next) =>
          ghosts.has(extension_number) ? refusal("extension_number", "is in another group") : next(),
        ),
      );
    }),
    [...added, post("/call_park_groups/{id}/destroy"), another, post("/call_park_groups/{id}/members/1001")],
  ),
];

export const memberFaults: readonly Behaviour[] = [...adding, ...removing, ...destroying];
