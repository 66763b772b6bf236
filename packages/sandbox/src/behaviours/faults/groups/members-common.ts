import type { GroupRow } from "../../../store/groups.ts";
import type { Store } from "../../../store/index.ts";
import type { NumberRow } from "../../../store/numbers.ts";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { answerOf, at } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import type { Seen } from "../../tools/seen.ts";
import { get, post, reach, type WitnessRequest } from "../../witness.ts";

export const list = "GET /call_park_groups/{id}/members";
export const add = "POST /call_park_groups/{id}/members/{extension_number}";
export const remove = "POST /call_park_groups/{id}/members/{extension_number}/destroy";

export const member = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
  more: Partial<Behaviour> = {},
): Behaviour =>
  behaviour(operation, name, what, {
    class: "groups and members",
    alsoAt: [list, add, remove],
    alter,
    witness,
    ...more,
  });

export const made: readonly WitnessRequest[] = reach("POST /call_park_groups");
export const added: readonly WitnessRequest[] = reach(add);
export const shown: WitnessRequest = get("/call_park_groups/{id}/members");
export const another: WitnessRequest = post("/call_park_groups", { name: "Day shift", recall_to: "USER_ONLY" });

export type Items = { items: Record<string, unknown>[] };
export const items = (change: (items: Items["items"], seen: Seen) => Items["items"]): Alter =>
  answerOf(list, (answer, seen) => ({ ...answer, json: { items: change([...(answer.json as Items).items], seen) } }));

export const groupAndUser = (
  { session, parameters: { id = "", extension_number = "" } }: Seen,
  store: Store,
): { group: GroupRow | undefined; user: NumberRow | undefined } => {
  const tenant = session?.tenant_id ?? "";
  return { group: store.groups.show(tenant, id), user: store.numbers.byNumber(tenant, extension_number) };
};

/** Answers as if it were done. */
export const nods = (
  operation: string,
  status: number,
  when: (found: ReturnType<typeof groupAndUser>, store: Store) => boolean,
): Alter =>
  at(operation, (seen, next, { store }) => {
    const found = groupAndUser(seen, store);
    return seen.session && found.group && when(found, store) ? { status } : next();
  });
