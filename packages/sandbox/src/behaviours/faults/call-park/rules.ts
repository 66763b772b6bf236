import type { Pbx } from "../../../context.ts";
import type { CallParkSettings } from "../../../store/call-park.ts";
import type { Behaviour } from "../../behaviour.ts";
import { at, isSuccess } from "../../tools/at.ts";
import { bend } from "../../tools/bend.ts";
import { behaviour } from "../../tools/fault.ts";
import { longest } from "../../tools/limits.ts";
import { refusal } from "../../tools/refusals.ts";
import { isObject } from "../../tools/seen.ts";
import { callParkWriting, keeping } from "../../tools/writing.ts";
import { get, post } from "../../witness.ts";
import { type Fields, operation, recallsToRingGroup, shown, witness } from "./common.ts";

/** Stores what the rules forbid, as a PBX does that does not know the rule. */
const stores = (
  name: string,
  what: string,
  field: string,
  breaks: (fields: Fields, pbx: Pbx, tenant: string) => boolean,
  json: unknown,
): Behaviour =>
  behaviour(operation, name, what, {
    class: "what it refuses",
    field,
    alsoAt: shown,
    alter: at(operation, async (seen, next, pbx) => {
      const tenant = seen.session?.tenant_id;
      if (!tenant || !isObject(seen.json) || !breaks(seen.fields, pbx, tenant)) return next();
      const { recall_to, ring_group_id, extension_number, ...rest } = seen.fields;
      const answer = await next({ json: rest });
      if (!isSuccess(answer)) return answer;
      const forced = { recall_to, ring_group_id, extension_number };
      const sent = Object.fromEntries(Object.entries(forced).filter(([, value]) => value !== undefined));
      pbx.store.callPark.save(tenant, { ...pbx.store.callPark.show(tenant), ...sent } as CallParkSettings);
      return answer;
    }),
    witness: witness(json),
  });

const hasRingGroup = ({ store }: Pbx, tenant: string, id: unknown) =>
  store.numbers.show(tenant, "RING_GROUP", String(id)) !== undefined;

const holder = ({ store }: Pbx, tenant: string, number: unknown) =>
  store.numbers.byNumber(tenant, String(number))?.type;

const collision = (type: string, name: string, number: string) =>
  stores(
    `takes.extension_number.of_${type.toLowerCase()}`,
    `POST /call_park takes an extension_number that ${name} has.`,
    "extension_number",
    ({ extension_number: sent }, pbx, tenant) => holder(pbx, tenant, sent) === type,
    { extension_number: number },
  );

const ringGroupRules: readonly Behaviour[] = [
  ...["USER_FIRST_THEN_RING_GROUP", "RING_GROUP_ONLY"].map((mode) =>
    stores(
      `takes.${mode.toLowerCase()}.without_ring_group`,
      `POST /call_park takes ${mode} without a ring_group_id.`,
      "ring_group_id",
      ({ recall_to, ring_group_id }) => recall_to === mode && ring_group_id === undefined,
      { recall_to: mode },
    ),
  ),
  stores(
    "takes.ring_group_id.null_in_ring_group_mode",
    "POST /call_park takes a mode that recalls to a ring group with ring_group_id null.",
    "ring_group_id",
    ({ recall_to, ring_group_id }) => recallsToRingGroup(recall_to) && ring_group_id === null,
    { recall_to: "RING_GROUP_ONLY", ring_group_id: null },
  ),
  stores(
    "takes.ring_group_id.unknown",
    "POST /call_park takes a ring_group_id that nothing has.",
    "ring_group_id",
    ({ recall_to, ring_group_id: id }, pbx, tenant) =>
      recallsToRingGroup(recall_to) && typeof id === "string" && id !== "" && !hasRingGroup(pbx, tenant, id),
    { recall_to: "RING_GROUP_ONLY", ring_group_id: "bm9ib2R5LWhhcy10aGlzLWlk" },
  ),
  {
    ...collision("EXTENSION", "a user of the tenant", "1001"),
    // Users are met as members of a group.
    needs: { variants: ["access.standing_members"] },
  },
  collision("RING_GROUP", "a ring group of the tenant", "6000"),
];

const unknownPrompt = behaviour(
  operation,
  "takes.prompt_file_id.unknown",
  "POST /call_park takes a prompt_file_id that no file has.",
  {
    class: "what it refuses",
    field: "prompt_file_id",
    alter: at(operation, async ({ json, fields, session }, next, { store }) => {
      const { prompt_file_id: id, ...rest } = fields;
      const known = typeof id !== "string" || store.blobs.show(session?.tenant_id ?? "", id);
      return next(isObject(json) && !known && id !== "" ? { json: rest } : {});
    }),
    witness: [post("/call_park", { prompt_file_id: "bm9ib2R5LWhhcy10aGlzLWlk" })],
  },
);

const ofOtherTenant: Behaviour = behaviour(
  operation,
  "refuses.extension_number.of_other_tenant",
  "POST /call_park refuses an extension_number that something of another tenant has.",
  {
    class: "what it accepts",
    field: "extension_number",
    // Where the tenants' numbers differ it shows.
    needs: { variants: ["access.other_numbers"] },
    alter: at(operation, ({ fields, session }, next, { store }) => {
      const number = String(fields["extension_number"]);
      const others = store.tenants.list().filter(({ id }) => id !== session?.tenant_id);
      return session && others.some(({ id }) => store.numbers.byNumber(id, number))
        ? refusal("extension_number", "must be free")
        : next();
    }),
    witness: [post("/call_park", { extension_number: "2001" })],
  },
);

const unknownMode = stores(
  "takes.recall_to.unknown_with_ring_group",
  "POST /call_park takes a recall_to that nobody knows, as long as a ring group comes with it.",
  "recall_to",
  ({ recall_to: mode, ring_group_id: id }, pbx, tenant) =>
    typeof mode === "string" &&
    mode !== "USER_ONLY" &&
    !recallsToRingGroup(mode) &&
    typeof id === "string" &&
    hasRingGroup(pbx, tenant, id),
  { recall_to: "NOBODY", ring_group_id: "{first}" },
);

const readOnly: readonly Behaviour[] = (
  [
    ["prompt_file_name", "elsewhere.wav"],
    ["prompt_file_size", 1],
    ["prompt_file_url", "/api/blobs/elsewhere"],
  ] as const
).map(([field, value]) =>
  behaviour(operation, `writes_through.${field}`, `POST /call_park changes ${field}, which can only be read.`, {
    class: "what it refuses",
    field,
    alsoAt: shown,
    alter: keeping(callParkWriting, field, (fields) => field in fields),
    witness: [post("/call_park", { [field]: value }), get("/call_park")],
  }),
);

/** Bodies that are no settings at all. */

const applies: readonly Behaviour[] = [
  behaviour(
    operation,
    "refuses_and_keeps.the_rest",
    "POST /call_park refuses a body for one field, and stores its other fields.",
    {
      class: "what it refuses",
      alsoAt: shown,
      alter: at(operation, async ({ fields, session, json }, next) => {
        const answer = await next();
        if (!session || !isObject(json) || answer.status !== 400) return answer;
        for (const [name, value] of Object.entries(fields)) await next({ json: { [name]: value } });
        return answer;
      }),
      witness: [post("/call_park", { recall_time: 1, recall_ring_group_time: 120 }), get("/call_park")],
    },
  ),
  behaviour(
    operation,
    "refuses_and_keeps.nearest",
    "POST /call_park refuses a time that is too long, and stores the longest there may be.",
    {
      class: "what it refuses",
      field: "recall_time",
      alsoAt: shown,
      alter: at(operation, async ({ fields, session }, next) => {
        const answer = await next();
        if (session && answer.status === 400 && Number(fields["recall_time"]) > longest)
          await next({ json: { recall_time: longest } });
        return answer;
      }),
      witness: [post("/call_park", { recall_time: longest + 1 }), get("/call_park")],
    },
  ),
  behaviour(
    operation,
    "takes.recall_time.clamped",
    "POST /call_park takes a time that is too long, and stores the longest there may be.",
    {
      class: "what it refuses",
      field: "recall_time",
      alter: at(operation, ({ fields, session }, next) =>
        next(session && Number(fields["recall_time"]) > longest ? { json: { ...fields, recall_time: longest } } : {}),
      ),
      witness: [post("/call_park", { recall_time: longest + 1 }), get("/call_park")],
    },
  ),
  behaviour(
    operation,
    "takes.out_of_range.silently",
    "POST /call_park answers what it must refuse with 200, and changes nothing.",
    {
      class: "what it refuses",
      alter: at(operation, async (_, next) => {
        const answer = await next();
        return answer.status === 400 ? { status: 200 } : answer;
      }),
      witness: [post("/call_park", { recall_time: longest + 1 })],
    },
  ),
  behaviour(
    operation,
    "refusal.ring_group_id.of_all_tenants",
    "POST /call_park refuses an unknown ring group with the ids of all that there are, of every tenant.",
    {
      class: "how it refuses",
      alter: at(operation, async ({ fields }, next, { store }) => {
        const answer = await next();
        const ids = store.tenants
          .list()
          .flatMap(({ id }) => store.numbers.ofType(id, "RING_GROUP"))
          .map(({ id }) => id);
        return answer.status === 400 && recallsToRingGroup(fields["recall_to"])
          ? { ...answer, json: bend(answer.json, ["errors", "*", "message"], () => `One of ${ids.join(", ")}`) }
          : answer;
      }),
      witness: [post("/call_park", { recall_to: "RING_GROUP_ONLY", ring_group_id: "bm9ib2R5LWhhcy10aGlzLWlk" })],
    },
  ),
  behaviour(
    operation,
    "refusal.ring_group_id.without_errors",
    "POST /call_park refuses an unknown ring group without errors.",
    {
      class: "how it refuses",
      field: "ring_group_id",
      alter: at(operation, async ({ fields }, next) => {
        const answer = await next();
        return answer.status === 400 && recallsToRingGroup(fields["recall_to"])
          ? { ...refusal("ring_group_id"), json: { message: "no such ring group" } }
          : answer;
      }),
      witness: [post("/call_park", { recall_to: "RING_GROUP_ONLY", ring_group_id: "bm9ib2R5LWhhcy10aGlzLWlk" })],
    },
  ),
];

export const callParkRuleFaults: readonly Behaviour[] = [
  ...ringGroupRules,
  unknownPrompt,
  unknownMode,
  ofOtherTenant,
  ...readOnly,
  ...applies,
];
