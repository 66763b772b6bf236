import type { Answer, Pbx } from "../../../context.ts";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { at, isSuccess, remembering } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { longest, usual } from "../../tools/limits.ts";
import { refusal } from "../../tools/refusals.ts";
import { callParkWriting, writingInstead } from "../../tools/writing.ts";
import { get, post } from "../../witness.ts";
import { operation } from "./common.ts";
import { alsoStores, type Settings, sent, stores, timeOf } from "./stores.ts";

const confusions: readonly Behaviour[] = [
  stores(
    "stores.recall_time.over_recall_ring_group_time",
    "POST /call_park stores recall_time as recall_ring_group_time too.",
    sent({ recall_time: 120 }),
    alsoStores((fields) => ("recall_time" in fields ? { recall_ring_group_time: timeOf(fields, "recall_time") } : {})),
    { field: "recall_ring_group_time" },
  ),
  stores(
    "stores.recall_ring_group_time.over_recall_time",
    "POST /call_park stores recall_ring_group_time as recall_time too.",
    sent({ recall_ring_group_time: 120 }),
    alsoStores((fields) =>
      "recall_ring_group_time" in fields ? { recall_time: timeOf(fields, "recall_ring_group_time") } : {},
    ),
    { field: "recall_time" },
  ),
  stores(
    "stores.times_swapped",
    "POST /call_park stores each of the two times as the other where both come.",
    sent({ recall_time: 120, recall_ring_group_time: 240 }),
    writingInstead(callParkWriting, (fields) =>
      "recall_time" in fields && "recall_ring_group_time" in fields
        ? { ...fields, recall_time: fields["recall_ring_group_time"], recall_ring_group_time: fields["recall_time"] }
        : fields,
    ),
  ),
  stores(
    "stores.lower_time_for_both",
    "POST /call_park stores the lower of the two times for both.",
    sent({ recall_time: 120, recall_ring_group_time: 240 }),
    alsoStores((fields) => {
      const lower = Math.min(timeOf(fields, "recall_time"), timeOf(fields, "recall_ring_group_time"));
      return Number.isNaN(lower) ? {} : { recall_time: lower, recall_ring_group_time: lower };
    }),
  ),
  stores(
    "stores.mode_without_ring_group",
    "POST /call_park stores a mode that recalls to a ring group without its ring group.",
    [get("/ring_groups"), ...sent({ recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" })],
    alsoStores((_, __, { recall_to }) => (recall_to === "USER_ONLY" ? {} : { ring_group_id: null })),
    { field: "ring_group_id" },
  ),
  stores(
    "stores.other_ring_group",
    "POST /call_park stores another ring group of the tenant than the one that came.",
    [get("/ring_groups"), ...sent({ recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" })],
    at(operation, async ({ fields, session }, next, { store }) => {
      const groups = store.numbers.ofType(session?.tenant_id ?? "", "RING_GROUP");
      const other = groups.find(({ id }) => id !== fields["ring_group_id"]);
      const isKnown = groups.some(({ id }) => id === fields["ring_group_id"]);
      return next(isKnown && other ? { json: { ...fields, ring_group_id: other.id } } : {});
    }),
    { field: "ring_group_id" },
  ),
  stores(
    "stores.mode_disables",
    "POST /call_park turns call park off whenever the mode changes.",
    [get("/ring_groups"), ...sent({ recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" })],
    alsoStores((fields, before, after) =>
      before.recall_to === after.recall_to ? {} : { enabled: fields["enabled"] === undefined ? false : !after.enabled },
    ),
    { field: "enabled" },
  ),
  stores(
    "stores.extension_number.without_noughts",
    "POST /call_park loses the noughts before a short extension number.",
    sent({ extension_number: "0777" }),
    alsoStores(({ extension_number: number }) =>
      typeof number === "string" && number.length < 16 ? { extension_number: number.replace(/^0+/, "") } : {},
    ),
    { field: "extension_number" },
  ),
  stores(
    "stores.time_resets_number",
    "POST /call_park changes the extension number of whoever sends a recall_time at its maximum.",
    sent({ recall_time: longest }),
    alsoStores((fields) => (fields["recall_time"] === longest ? { extension_number: "667" } : {})),
    { field: "extension_number" },
  ),
];

const tenants: readonly Behaviour[] = [
  stores(
    "stores.notification_for_every_tenant",
    "POST /call_park changes send_notification_to_parker of every tenant.",
    [post("/call_park", { send_notification_to_parker: true }), get("/call_park", { as: "other tenant" })],
    at(operation, async ({ session, fields }, next, { store }) => {
      const answer = await next();
      const { send_notification_to_parker: sends } = fields;
      if (!session?.tenant_id || !isSuccess(answer) || typeof sends !== "boolean") return answer;
      for (const { id } of store.tenants.list())
        store.callPark.save(id, { ...store.callPark.show(id), send_notification_to_parker: sends });
      return answer;
    }),
  ),
  stores(
    "stores.for_every_tenant",
    "POST /call_park changes the settings of every tenant.",
    [post("/call_park", { recall_time: 120 }), get("/call_park", { as: "other tenant" })],
    at(operation, async ({ session }, next, { store }) => {
      const answer = await next();
      if (!session?.tenant_id || !isSuccess(answer)) return answer;
      const { recall_time } = store.callPark.show(session.tenant_id);
      for (const { id } of store.tenants.list()) store.callPark.save(id, { ...store.callPark.show(id), recall_time });
      return answer;
    }),
  ),
];

type Again = (next: () => Promise<Answer>, pbx: Pbx, tenant: string) => Answer | Promise<Answer>;

/** Answers otherwise when the same body comes twice. */
const again = (handle: Again): Alter =>
  remembering(() => {
    let last = "";
    return at(operation, ({ bytes, session }, next, pbx) => {
      if (!session?.tenant_id) return next();
      const repeated = bytes.toString() === last;
      last = bytes.toString();
      return repeated ? handle(() => next(), pbx, session.tenant_id) : next();
    });
  });

const twice: readonly Behaviour[] = [
  behaviour(operation, "twice.refused", "POST /call_park refuses the body that it has just taken.", {
    class: "what it accepts",
    alter: again(() => refusal("", "changes nothing")),
    witness: sent({ recall_time: 120 }, { recall_time: 120 }),
  }),
  behaviour(operation, "twice.fails", "POST /call_park answers the body that it has just taken with 500.", {
    class: "what it accepts",
    alter: again(() => ({ status: 500, json: { errors: [{ code: "UNKNOWN", message: "The PBX failed" }] } })),
    witness: sent({ recall_time: 120 }, { recall_time: 120 }),
  }),
  stores(
    "twice.adds",
    "POST /call_park adds ten seconds to recall_time when the same body comes twice.",
    sent({ recall_time: 120 }, { recall_time: 120 }),
    again(async (next, pbx, tenant) => {
      const answer = await next();
      const after = pbx.store.callPark.show(tenant);
      pbx.store.callPark.save(tenant, { ...after, recall_time: Math.min(after.recall_time + 10, longest) });
      return answer;
    }),
    { unrestorable: "What it adds looks like somebody else's change, which is left alone." },
  ),
];

const own: readonly Behaviour[] = [
  behaviour(
    operation,
    "own_settings.refused",
    "POST /call_park refuses the settings that GET /call_park has just shown.",
    {
      class: "what it accepts",
      alter: at(operation, ({ fields, session }, next, { store }) => {
        if (!session?.tenant_id || Object.keys(fields).length < 5) return next();
        const now: Settings = { ...store.callPark.show(session.tenant_id) };
        const same = Object.entries(fields).every(([name, value]) => !(name in now) || now[name] === value);
        return same ? refusal("", "changes nothing") : next();
      }),
      witness: sent({
        enabled: true,
        extension_number: "666",
        recall_to: "USER_ONLY",
        recall_time: usual,
        recall_ring_group_time: usual,
      }),
    },
  ),
];

export const callParkOutcomeFaults: readonly Behaviour[] = [...confusions, ...tenants, ...twice, ...own];
