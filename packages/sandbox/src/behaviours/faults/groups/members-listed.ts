import type { Behaviour } from "../../behaviour.ts";
import { at, isSuccess, itemsOf } from "../../tools/at.ts";
import { get } from "../../witness.ts";
import { added, type Items, items, list, member, shown } from "./members-common.ts";

export const memberListFaults: readonly Behaviour[] = [
  member(
    list,
    "blank_left_out",
    `${list} leaves display_name out where a member has none.`,
    itemsOf(list, ({ display_name, ...item }) => (display_name === null ? item : { ...item, display_name })),
    [get("/call_park_groups"), get("/call_park_groups/{first}/members")],
    { field: "display_name" },
  ),
  member(
    list,
    "twice",
    `${list} lists each member twice.`,
    items((found) => [...found, ...found]),
    [...added, shown],
  ),
  member(
    list,
    "all_but_last",
    `${list} leaves the last member out.`,
    items((found) => found.slice(0, -1)),
    [...added, shown],
  ),
  member(
    list,
    "everybody",
    `${list} lists every user of the tenant.`,
    at(list, async (seen, next, { store }) => {
      const answer = await next();
      const users = store.numbers.ofType(seen.session?.tenant_id ?? "", "EXTENSION");
      const everybody = users.map(({ id, name, display_name, extension_number }) => ({
        id,
        name,
        display_name,
        extension_number,
      }));
      return isSuccess(answer) ? { ...answer, json: { items: everybody } } : answer;
    }),
    [...added, shown],
  ),
  member(
    list,
    "other_tenant",
    `${list} lists a user of another tenant too.`,
    at(list, async (_, next, { store }) => {
      const answer = await next();
      const [stranger] = store.numbers.ofType(store.tenants.list().at(-1)?.id ?? "", "EXTENSION");
      if (!isSuccess(answer) || !stranger) return answer;
      const { id, name, display_name, extension_number } = stranger;
      return {
        ...answer,
        json: { items: [...(answer.json as Items).items, { id, name, display_name, extension_number }] },
      };
    }),
    [...added, shown],
  ),
  member(
    list,
    "other_number",
    `${list} shows another number than the member has.`,
    itemsOf(list, (item) => ({ ...item, extension_number: `${String(item["extension_number"])}0` })),
    [...added, shown],
  ),
];
