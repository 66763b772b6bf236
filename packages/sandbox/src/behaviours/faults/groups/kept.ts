import type { Behaviour } from "../../behaviour.ts";
import { all, answerOf, at, isSuccess, itemsOf, remembering } from "../../tools/at.ts";
import { isObject } from "../../tools/seen.ts";
import { get, post, reach } from "../../witness.ts";
import { create, group, list, made, show, unknown, update } from "./common.ts";

/** Changes groups, lists and shows them in a way of its own. */
export const groupKeptFaults: readonly Behaviour[] = [
  group(
    update,
    "drops_members",
    `${update} takes the members out of the group.`,
    at(update, async ({ parameters: { id = "" } }, next, { store }) => {
      const answer = await next();
      if (isSuccess(answer)) for (const member of store.groups.members(id)) store.groups.removeMember(id, member.id);
      return answer;
    }),
    [
      ...reach("POST /call_park_groups/{id}/members/{extension_number}"),
      post("/call_park_groups/{id}", { name: "Day shift", recall_to: "USER_ONLY" }),
      get("/call_park_groups/{id}/members"),
    ],
  ),
  group(
    update,
    "clears_recall",
    `${update} sets the mode to USER_ONLY whenever the name changes.`,
    at(update, async ({ fields, session, parameters: { id = "" } }, next, { store }) => {
      const before = store.groups.show(session?.tenant_id ?? "", id);
      const renamed = before !== undefined && before.name !== fields["name"] && isObject(fields);
      return next(
        renamed && typeof fields["name"] === "string" ? { json: { name: fields["name"], recall_to: "USER_ONLY" } } : {},
      );
    }),
    [
      get("/ring_groups"),
      ...made,
      post("/call_park_groups/{id}", { name: "Day shift", recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
      get("/call_park_groups/{id}"),
    ],
    "recall_to",
  ),
  group(
    list,
    "hides_new",
    `${list} does not list groups that were made while it ran.`,
    remembering(() => {
      let known: Set<unknown> | undefined;
      return all(
        at(create, (_, next, { store }) => {
          known ??= new Set(store.tenants.list().flatMap(({ id }) => store.groups.list(id).map((one) => one.id)));
          return next();
        }),
        answerOf(list, (answer) => {
          const { items = [], ...rest } = answer.json as { items?: { id: string }[] };
          return { ...answer, json: { ...rest, items: items.filter(({ id }) => known?.has(id) ?? true) } };
        }),
      );
    }),
    [...made, get("/call_park_groups")],
  ),
  group(
    show,
    "of_another",
    `${show} answers with the first group, whichever is asked for.`,
    at(show, ({ session, parameters: { id = "" } }, next, { store }) => {
      const groups = store.groups.list(session?.tenant_id ?? "");
      const [first] = groups;
      return first && groups.some((one) => one.id === id) ? next({ path: `/call_park_groups/${first.id}` }) : next();
    }),
    [...made, get("/call_park_groups/{id}")],
  ),
  group(
    list,
    "other_name",
    `${list} shows other names than GET /call_park_groups/{id}.`,
    itemsOf(list, (item) => ({ ...item, name: `${String(item["name"]).slice(0, 60)} *` })),
    [get("/call_park_groups")],
    "name",
  ),
  group(
    list,
    "first_name",
    `${list} goes on showing the name that a group was made with.`,
    remembering(() => {
      const names = new Map<unknown, unknown>();
      return all(
        at(create, async ({ fields }, next) => {
          const answer = await next();
          if (isSuccess(answer) && isObject(answer.json)) names.set(answer.json["id"], fields["name"]);
          return answer;
        }),
        itemsOf(list, (item) => ({ ...item, name: names.get(item["id"]) ?? item["name"] })),
      );
    }),
    [...made, post("/call_park_groups/{id}", { name: "Day shift", recall_to: "USER_ONLY" }), get("/call_park_groups")],
    "name",
  ),
  group(
    update,
    "changes_another",
    `${update} changes the mode of the tenant's first group too.`,
    at(update, async ({ session, parameters: { id = "" } }, next, { store }) => {
      const answer = await next();
      const tenant = session?.tenant_id ?? "";
      const [first] = store.groups.list(tenant);
      const changed = store.groups.show(tenant, id);
      if (isSuccess(answer) && first && changed)
        store.groups.update({ ...first, recall_to: changed.recall_to, ring_group_id: changed.ring_group_id });
      return answer;
    }),
    [
      get("/ring_groups"),
      ...made,
      post("/call_park_groups/{id}", { name: "Day shift", recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
      get("/call_park_groups"),
    ],
    undefined,
    "What a group was that nobody named is not known to whoever named another.",
  ),
  ...[
    { operation: list, reading: get("/call_park_groups") },
    { operation: show, reading: get("/call_park_groups/{id}") },
  ].map(({ operation, reading }) =>
    group(
      operation,
      "null_ring_group",
      `${operation} shows ring_group_id as null in every mode.`,
      itemsOf(operation, (item) => ({ ...item, ring_group_id: null })),
      [
        get("/ring_groups"),
        post("/call_park_groups", { name: "Day shift", recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
        reading,
      ],
      "ring_group_id",
    ),
  ),
  group(
    create,
    "takes.body.array",
    `${create} takes a list in place of an object.`,
    at(create, ({ session, json }, next) =>
      session && Array.isArray(json) ? { status: 201, json: { id: unknown } } : next(),
    ),
    [post("/call_park_groups", [])],
  ),
  group(
    create,
    "takes.body.no_json",
    `${create} takes a body that is not JSON.`,
    at(create, ({ session, json, bytes }, next) =>
      session && json === undefined && bytes.length > 0 ? { status: 201, json: { id: unknown } } : next(),
    ),
    [post("/call_park_groups", undefined, { text: '{"name"', headers: { "Content-Type": "application/json" } })],
  ),
];
