import type { Pbx } from "../../context.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { all, answerOf, at, isSuccess, itemsOf, remembering } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { refusal } from "../tools/refusals.ts";
import { isObject, type Seen } from "../tools/seen.ts";
import { groupCreating, groupUpdating, keeping, type Writing } from "../tools/writing.ts";
import { get, post, reach, type WitnessRequest } from "../witness.ts";

const list = "GET /call_park_groups";
const create = "POST /call_park_groups";
const show = "GET /call_park_groups/{id}";
const update = "POST /call_park_groups/{id}";
const destroy = "POST /call_park_groups/{id}/destroy";
const everywhere = [list, create, show, update, destroy];

const group = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
  field?: string,
  unrestorable?: string,
): Behaviour =>
  behaviour(operation, name, what, {
    class: "groups and members",
    alsoAt: everywhere,
    alter,
    witness,
    ...(field !== undefined && { field }),
    ...(unrestorable !== undefined && { unrestorable }),
  });

const made = reach(create);
const unknown = "bm9ib2R5LWhhcy10aGlzLWlk";
type Fields = Seen["fields"];
const recallsToRingGroup = ({ recall_to: mode }: Fields) =>
  mode === "USER_FIRST_THEN_RING_GROUP" || mode === "RING_GROUP_ONLY";

/** Takes what the rules of recall forbid, and shows it. */
const takes = (
  writing: Writing,
  name: string,
  what: string,
  breaks: (fields: Fields, pbx: Pbx, seen: Seen) => boolean,
  json: object,
): Behaviour =>
  group(
    writing.operation,
    `takes.${name}`,
    `${writing.operation} takes ${what}.`,
    (answering, pbx) => {
      let broken = false;
      const kept = all(...["ring_group_id", "recall_to"].map((field) => keeping(writing, field, () => broken)));
      return at(writing.operation, (seen, next) => {
        broken = breaks(seen.fields, pbx, seen);
        return next();
      })(kept(answering, pbx), pbx);
    },
    [
      get("/ring_groups"),
      ...(writing === groupUpdating ? made : []),
      post(writing === groupUpdating ? "/call_park_groups/{id}" : "/call_park_groups", { name: "Day shift", ...json }),
      get("/call_park_groups"),
    ],
    "ring_group_id",
  );

const rules: readonly Behaviour[] = [groupCreating, groupUpdating].flatMap((writing) => [
  takes(
    writing,
    "ring_group_id.missing",
    "a mode that recalls to a ring group without a ring_group_id",
    (fields) => recallsToRingGroup(fields) && fields["ring_group_id"] === undefined,
    { recall_to: "RING_GROUP_ONLY" },
  ),
  takes(
    writing,
    "ring_group_id.null_in_ring_group_mode",
    "a mode that recalls to a ring group with ring_group_id null",
    (fields) => recallsToRingGroup(fields) && fields["ring_group_id"] === null,
    { recall_to: "RING_GROUP_ONLY", ring_group_id: null },
  ),
  takes(
    writing,
    "ring_group_id.unknown",
    "a ring_group_id that nothing has",
    (fields, { store }, { session }) =>
      recallsToRingGroup(fields) &&
      typeof fields["ring_group_id"] === "string" &&
      !store.numbers.show(session?.tenant_id ?? "", "RING_GROUP", fields["ring_group_id"]),
    { recall_to: "RING_GROUP_ONLY", ring_group_id: unknown },
  ),
]);

const taken = ({ fields, session, parameters }: Seen, { store }: Pbx) => {
  const namesake = store.groups.byName(session?.tenant_id ?? "", String(fields["name"]));
  return namesake !== undefined && namesake.id !== parameters["id"];
};

const names: readonly Behaviour[] = [
  ...[groupCreating, groupUpdating].map((writing) =>
    group(
      writing.operation,
      "takes.name.of_another",
      `${writing.operation} takes the name that another group has.`,
      (answering, pbx) => {
        let broken = false;
        return at(writing.operation, (seen, next) => {
          broken = taken(seen, pbx);
          return next();
        })(keeping(writing, "name", () => broken)(answering, pbx), pbx);
      },
      [
        ...made,
        ...(writing === groupUpdating
          ? [post("/call_park_groups/{id}", { name: "Sales", recall_to: "USER_ONLY" })]
          : [post("/call_park_groups", { name: "Night shift", recall_to: "USER_ONLY" })]),
        get("/call_park_groups"),
      ],
      "name",
    ),
  ),
  group(
    update,
    "refuses.own_name",
    `${update} refuses the name that the group has.`,
    at(update, ({ fields, session, parameters }, next, { store }) =>
      store.groups.byName(session?.tenant_id ?? "", String(fields["name"]))?.id === parameters["id"]
        ? refusal("name", "is taken")
        : next(),
    ),
    [...made, post("/call_park_groups/{id}", { name: "Night shift", recall_to: "USER_ONLY" })],
    "name",
  ),
  group(
    create,
    "refuses.name_of_destroyed",
    `${create} refuses the name that a deleted group had.`,
    remembering(() => {
      const names = new Set<string>();
      return all(
        at(destroy, async ({ session, parameters }, next, { store }) => {
          const found = store.groups.show(session?.tenant_id ?? "", parameters["id"] ?? "");
          const answer = await next();
          if (found && isSuccess(answer)) names.add(found.name);
          return answer;
        }),
        at(create, ({ fields }, next) => (names.has(String(fields["name"])) ? refusal("name", "is taken") : next())),
      );
    }),
    [...made, post("/call_park_groups/{id}/destroy"), ...made],
    "name",
  ),
  group(
    create,
    "refuses.name.not_ascii",
    `${create} refuses a name with letters that are not ASCII.`,
    at(create, ({ fields }, next) => (/[^\x20-\x7e]/.test(String(fields["name"])) ? refusal("name") : next())),
    [post("/call_park_groups", { name: "Spätschicht", recall_to: "USER_ONLY" })],
    "name",
  ),
];

/** Remembers groups of the tenant in a way of its own. */
const outcomes: readonly Behaviour[] = [
  group(
    create,
    "id.unknown",
    `${create} answers with an id that no group has.`,
    answerOf(create, (answer) => ({ ...answer, json: { id: unknown } })),
    [...made, get("/call_park_groups/{id}")],
    "id",
  ),
  group(
    create,
    "not_stored",
    `${create} answers with 201, and makes no group.`,
    at(create, async ({ session }, next, { store }) => {
      const answer = await next();
      if (session && isSuccess(answer) && isObject(answer.json)) store.groups.remove(String(answer.json["id"]));
      return answer;
    }),
    [...made, get("/call_park_groups/{id}")],
  ),
  group(
    create,
    "twice",
    `${create} makes a second group by the same answer.`,
    at(create, async ({ session, fields }, next, { store }) => {
      const answer = await next();
      if (session?.tenant_id && isSuccess(answer) && String(fields["name"]).length > 9)
        store.groups.create(session.tenant_id, {
          name: `${String(fields["name"]).slice(0, 60)} (2)`,
          recall_to: "USER_ONLY",
          ring_group_id: null,
        });
      return answer;
    }),
    [...made, get("/call_park_groups")],
  ),
  group(
    create,
    "refuses_and_creates",
    `${create} refuses a mode that nobody knows, and makes the group all the same.`,
    at(create, async ({ fields, json }, next) => {
      const answer = await next();
      if (answer.status === 400 && isObject(json) && typeof fields["recall_to"] === "string")
        await next({ json: { name: fields["name"], recall_to: "USER_ONLY" } });
      return answer;
    }),
    [post("/call_park_groups", { name: "Night shift", recall_to: "NOBODY" }), get("/call_park_groups")],
  ),
  group(
    destroy,
    "not_destroyed",
    `${destroy} answers with 204, and the group stays.`,
    at(destroy, async ({ session, parameters }, next, { store }) => {
      const found = store.groups.show(session?.tenant_id ?? "", parameters["id"] ?? "");
      return found ? { status: 204 } : next();
    }),
    [...made, post("/call_park_groups/{id}/destroy"), get("/call_park_groups/{id}")],
    undefined,
    "The PBX deletes no group, and so not those that the run made.",
  ),
  group(
    destroy,
    "shown_after",
    `${destroy} deletes a group, and GET /call_park_groups/{id} goes on showing it.`,
    remembering(() => {
      const gone = new Map<string, unknown>();
      return all(
        at(destroy, async ({ session, parameters }, next, { store }) => {
          const found = store.groups.show(session?.tenant_id ?? "", parameters["id"] ?? "");
          const answer = await next();
          if (found && isSuccess(answer)) gone.set(found.id, { ...found });
          return answer;
        }),
        at(show, ({ session, parameters }, next) => {
          const found = session && gone.get(parameters["id"] ?? "");
          return found ? { status: 200, json: found } : next();
        }),
      );
    }),
    [...made, post("/call_park_groups/{id}/destroy"), get("/call_park_groups/{id}")],
  ),
  group(
    destroy,
    "listed_after",
    `${destroy} deletes a group, and GET /call_park_groups goes on listing it.`,
    remembering(() => {
      const gone: unknown[] = [];
      return all(
        at(destroy, async ({ session, parameters }, next, { store }) => {
          const found = store.groups.show(session?.tenant_id ?? "", parameters["id"] ?? "");
          const answer = await next();
          if (found && isSuccess(answer)) gone.push({ ...found });
          return answer;
        }),
        answerOf(list, (answer) => {
          const { items = [], count } = answer.json as { items?: unknown[]; count: number };
          return { ...answer, json: { count: count + gone.length, items: [...items, ...gone] } };
        }),
      );
    }),
    [...made, post("/call_park_groups/{id}/destroy"), get("/call_park_groups")],
  ),
  group(
    destroy,
    "destroyed_twice",
    `${destroy} answers with 204 for a group that is gone.`,
    remembering(() => {
      const gone = new Set<string>();
      return at(destroy, async ({ session, parameters: { id = "" } }, next) => {
        const answer = await next();
        if (isSuccess(answer)) gone.add(id);
        return session && gone.has(id) ? { status: 204 } : answer;
      });
    }),
    [...made, post("/call_park_groups/{id}/destroy"), post("/call_park_groups/{id}/destroy")],
  ),
  group(
    destroy,
    "refuses.with_members",
    `${destroy} refuses a group that has members.`,
    at(destroy, ({ parameters: { id = "" } }, next, { store }) =>
      store.groups.members(id).length > 0 ? refusal("id", "has members") : next(),
    ),
    [...reach("POST /call_park_groups/{id}/members/{extension_number}"), post("/call_park_groups/{id}/destroy")],
  ),
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
    "null_ring_group",
    `${list} shows ring_group_id as null in every mode.`,
    itemsOf(list, (item) => ({ ...item, ring_group_id: null })),
    [
      get("/ring_groups"),
      post("/call_park_groups", { name: "Day shift", recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
      get("/call_park_groups"),
    ],
    "ring_group_id",
  ),
  group(
    show,
    "null_ring_group",
    `${show} shows ring_group_id as null in every mode.`,
    itemsOf(show, (item) => ({ ...item, ring_group_id: null })),
    [
      get("/ring_groups"),
      post("/call_park_groups", { name: "Day shift", recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
      get("/call_park_groups/{id}"),
    ],
    "ring_group_id",
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

export const groupFaults: readonly Behaviour[] = [...rules, ...names, ...outcomes];
