import { setTimeout as pause } from "node:timers/promises";
import type { Pbx } from "../../../context.ts";
import type { Behaviour } from "../../behaviour.ts";
import { all, at, isSuccess, remembering } from "../../tools/at.ts";
import { failed, refusal } from "../../tools/refusals.ts";
import { isObject, type Seen } from "../../tools/seen.ts";
import { otherTenant } from "../../tools/sessions.ts";
import { starting } from "../../tools/starting.ts";
import { groupCreating, groupUpdating, keeping, type Writing } from "../../tools/writing.ts";
import { get, post } from "../../witness.ts";
import { create, destroy, type Fields, group, made, recallsToRingGroup, unknown, update } from "./common.ts";

/** Takes what the rules of recall forbid, and shows it. */
const takes = (
  writing: Writing,
  name: string,
  what: string,
  breaks: (fields: Fields, pbx: Pbx, seen: Seen) => boolean,
  json: object,
  field = "ring_group_id",
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
    field,
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
    "ring_group_id.missing_in_one_mode",
    "USER_FIRST_THEN_RING_GROUP without a ring_group_id",
    (fields) => fields["recall_to"] === "USER_FIRST_THEN_RING_GROUP" && typeof fields["ring_group_id"] !== "string",
    { recall_to: "USER_FIRST_THEN_RING_GROUP" },
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
  takes(
    writing,
    "recall_to.unknown_with_ring_group",
    "a mode that nobody knows, as long as a ring group comes with it",
    (fields, { store }, { session }) =>
      typeof fields["recall_to"] === "string" &&
      fields["recall_to"] !== "USER_ONLY" &&
      !recallsToRingGroup(fields) &&
      store.numbers.show(session?.tenant_id ?? "", "RING_GROUP", String(fields["ring_group_id"])) !== undefined,
    { recall_to: "NOBODY", ring_group_id: "{first}" },
    "recall_to",
  ),
]);

/** Known by its id alone, whoever asks. */
const ofOtherTenant: readonly Behaviour[] = [groupCreating, groupUpdating].map((writing) => {
  const fault = takes(
    writing,
    "ring_group_id.of_other_tenant",
    "another tenant's ring group",
    (fields, { store }, { session }) => {
      const isOf = (tenant: string) =>
        store.numbers.show(tenant, "RING_GROUP", String(fields["ring_group_id"])) !== undefined;
      return (
        recallsToRingGroup(fields) &&
        !isOf(session?.tenant_id ?? "") &&
        store.tenants.list().some((tenant) => isOf(tenant.id))
      );
    },
    { recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" },
  );
  // The first ring group is the other tenant's.
  return { ...fault, witness: [get("/ring_groups", { as: "other tenant" }), ...fault.witness.slice(1)] };
});

const isOfAnotherKind = (id: string, tenant: string, { store }: Pbx): boolean =>
  store.numbers.show(tenant, "EXTENSION", id) !== undefined || store.groups.show(tenant, id) !== undefined;

const ofAnotherKind: Behaviour = takes(
  groupUpdating,
  "ring_group_id.of_another_kind",
  "the id of a user or a call park group for a ring_group_id",
  (fields, pbx, { session }) =>
    recallsToRingGroup(fields) && isOfAnotherKind(String(fields["ring_group_id"]), session?.tenant_id ?? "", pbx),
  { recall_to: "RING_GROUP_ONLY", ring_group_id: "{id}" },
);

/** Between the look whether a name is free and the making of the group, in milliseconds. */
const lookedBefore = 20;

const taken = ({ fields, session, parameters }: Seen, { store }: Pbx) => {
  const namesake = store.groups.byName(session?.tenant_id ?? "", String(fields["name"]));
  return namesake !== undefined && namesake.id !== parameters["id"];
};

const names: readonly Behaviour[] = [
  group(
    create,
    "takes.name.at_once",
    `${create} gives one name to two groups that are made at the same time.`,
    (answering, pbx) => {
      let broken = false;
      let turn: Promise<unknown> = Promise.resolve();
      return at(create, async (seen, next) => {
        const wasFree = !taken(seen, pbx);
        await pause(lookedBefore);
        const mine = turn.then(() => {
          broken = wasFree && taken(seen, pbx);
          return next();
        });
        turn = mine.catch(() => undefined);
        return mine;
      })(keeping(groupCreating, "name", () => broken)(answering, pbx), pbx);
    },
    [post("/call_park_groups", { name: "Night shift", recall_to: "USER_ONLY" }, { twice: true })],
    "name",
  ),
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
    update,
    "refuses.name_of_other_tenant",
    `${update} refuses the name that a group of another tenant has.`,
    all(
      starting((pbx) => {
        pbx.store.groups.create(otherTenant(pbx), { name: "Reception", recall_to: "USER_ONLY", ring_group_id: null });
        return undefined;
      }),
      at(update, ({ fields }, next, pbx) =>
        pbx.store.groups.byName(otherTenant(pbx), String(fields["name"])) ? refusal("name", "is taken") : next(),
      ),
    ),
    [...made, post("/call_park_groups/{id}", { name: "Reception", recall_to: "USER_ONLY" })],
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

/** Lawful names that a careless PBX counts in bytes. */
const counted: readonly Behaviour[] = [create, update].map((operation) =>
  group(
    operation,
    "refuses.name.long_in_bytes",
    `${operation} refuses a name of more than 64 bytes, though of no more than 64 letters.`,
    at(operation, ({ fields }, next) =>
      [...String(fields["name"])].length <= 64 && Buffer.byteLength(String(fields["name"])) > 64
        ? refusal("name", "is too long")
        : next(),
    ),
    [
      ...(operation === update ? made : []),
      post(operation === update ? "/call_park_groups/{id}" : "/call_park_groups", {
        name: "ä".repeat(40),
        recall_to: "USER_ONLY",
      }),
    ],
    "name",
  ),
);

const asJson = { headers: { "Content-Type": "application/json" } };

/** What a careless PBX makes of a body. */
const bodies: readonly Behaviour[] = [create, update].flatMap((operation) => {
  const [path, before] = operation === update ? ["/call_park_groups/{id}", made] : ["/call_park_groups", []];
  const named = (name: string) => ({ name, recall_to: "USER_ONLY" });
  return [
    group(
      operation,
      "fails.name.apostrophe",
      `${operation} answers a name with an apostrophe with 500.`,
      at(operation, ({ session, fields }, next) => (session && String(fields["name"]).includes("'") ? failed : next())),
      [...before, post(path, named("Porter's"))],
    ),
    group(
      operation,
      "takes.body.in_a_list",
      `${operation} takes a list with a group in it.`,
      at(operation, ({ json }, next) => next(Array.isArray(json) && isObject(json[0]) ? { json: json[0] } : {})),
      [...before, post(path, undefined, { text: JSON.stringify([named("Porters")]), ...asJson })],
    ),
  ];
});

export const groupRuleFaults: readonly Behaviour[] = [
  ...rules,
  ...ofOtherTenant,
  ofAnotherKind,
  ...names,
  ...counted,
  ...bodies,
];
