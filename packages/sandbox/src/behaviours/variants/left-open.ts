import { setTimeout as pause } from "node:timers/promises";
import { defaultSettings } from "../../defaults.ts";
import type { Behaviour } from "../behaviour.ts";
import { groupAndUser, made, nods, remove } from "../faults/groups/members-common.ts";
import { all, at, isSuccess, remembering } from "../tools/at.ts";
import { refusal } from "../tools/refusals.ts";
import { starting } from "../tools/starting.ts";
import { callParkWriting, groupCreating, groupUpdating, writingInstead } from "../tools/writing.ts";
import { get, post, reach } from "../witness.ts";
import { variant } from "./left-open-common.ts";

const write = "POST /call_park";
const info = "GET /info";
const makeGroup = "POST /call_park_groups";
/** How long one waits for another, in milliseconds. */
const meeting = 20;
const addMember = "POST /call_park_groups/{id}/members/{extension_number}";

type Values = Record<string, unknown>;

const recallsToRingGroup = ({ recall_to: mode }: Values) => String(mode).includes("RING_GROUP");

/** What is left out stays as it is. */
const kept = (fields: Values, before: Values, names: readonly string[]): Values => ({
  ...Object.fromEntries(names.filter((name) => before[name] != null).map((name) => [name, before[name]])),
  ...fields,
});

const withoutNulls = (fields: Values, names: readonly string[] = Object.keys(fields)): Values =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== null || !names.includes(name)));

/** What the documents neither allow nor forbid. */
export const leftOpenVariants: readonly Behaviour[] = [
  variant(
    write,
    "empty_prompt_id",
    "An empty prompt_file_id stands for no prompt.",
    at(write, ({ fields }, next) =>
      next(fields["prompt_file_id"] === "" ? { json: { ...fields, prompt_file_id: null } } : {}),
    ),
    [post("/call_park", { prompt_file_id: "" }), get("/call_park")],
  ),
  variant(
    write,
    "no_body",
    "A POST of call park without a body is taken, and changes nothing.",
    at(write, ({ session, bytes }, next) => (session && bytes.length === 0 ? { status: 200 } : next())),
    [post("/call_park", undefined, { text: "", headers: { "Content-Type": "application/json" } })],
  ),
  variant(
    write,
    "number_when_disabled",
    "Call park that is turned off goes back to its default number.",
    all(
      starting(() => ({ extension_number: "668" })),
      at(write, async ({ fields, session }, next, { store, line }) => {
        const answer = await next();
        if (!session?.tenant_id || !isSuccess(answer) || fields["enabled"] !== false) return answer;
        const { extension_number } = defaultSettings(line);
        store.callPark.save(session.tenant_id, { ...store.callPark.show(session.tenant_id), extension_number });
        return answer;
      }),
    ),
    [post("/call_park", { enabled: false, extension_number: "555" }), get("/call_park")],
  ),
  variant(
    write,
    "ring_group_kept",
    "A mode that recalls to a ring group goes by the one that is chosen where a POST names none.",
    all(
      starting(({ store }, tenant) => {
        const ring_group_id = store.numbers.ofType(tenant, "RING_GROUP")[0]?.id;
        return ring_group_id === undefined ? {} : { recall_to: "USER_FIRST_THEN_RING_GROUP", ring_group_id };
      }),
      writingInstead(callParkWriting, (fields, before) =>
        recallsToRingGroup(fields) ? kept(fields, before, ["ring_group_id"]) : fields,
      ),
    ),
    [post("/call_park", { recall_to: "RING_GROUP_ONLY" }), get("/call_park")],
  ),
  variant(
    makeGroup,
    "both_turned_away",
    "Of two call park groups of one name that are made at the same time, neither is.",
    remembering(() => {
      const asked = new Map<string, number>();
      return at(makeGroup, async ({ fields, session }, next) => {
        const name = `${session?.tenant_id} ${String(fields["name"])}`;
        asked.set(name, (asked.get(name) ?? 0) + 1);
        await pause(meeting);
        const meets = Number(asked.get(name)) > 1;
        // Whoever came a little later still looks.
        if (meets) await pause(meeting);
        asked.set(name, Number(asked.get(name)) - 1);
        return meets ? { ...refusal("name", "is being taken"), status: 409 } : next();
      });
    }),
    [post("/call_park_groups", { name: "Night shift", recall_to: "USER_ONLY" }, { twice: true })],
  ),
  variant(
    "POST /call_park_groups/{id}",
    "group_fields_kept",
    "An update of a call park group leaves alone what it does not name, and a new group is of USER_ONLY where nothing is said.",
    all(
      writingInstead(groupCreating, (fields) => ("name" in fields ? { recall_to: "USER_ONLY", ...fields } : fields)),
      writingInstead(groupUpdating, (fields, before) => kept(fields, before, ["name", "recall_to", "ring_group_id"])),
    ),
    [...reach("POST /call_park_groups"), post("/call_park_groups/{id}", { name: "Day shift" })],
  ),
  variant(
    info,
    "domain_of_the_pbx",
    "GET /info tells of the PBX, whichever domain is asked for.",
    at(info, ({ path }, next) => next({ path })),
    [get("/info?domain=globex.example", { as: "nobody" })],
  ),
  variant(
    info,
    "info_domain_required",
    "GET /info refuses whoever names no domain.",
    at(info, ({ query }, next) =>
      query.has("domain")
        ? next()
        : { status: 400, json: { errors: [{ code: "VALIDATE_FAILED", message: "domain is required" }] } },
    ),
    [get("/info", { as: "nobody" })],
  ),
  variant(
    write,
    "null_left_out",
    "Null in a body means what leaving the field out means.",
    all(
      ...[callParkWriting, groupCreating, groupUpdating].map((writing) =>
        writingInstead(writing, (fields) => withoutNulls(fields)),
      ),
      writingInstead(groupCreating, (fields) => ("name" in fields ? { recall_to: "USER_ONLY", ...fields } : fields)),
      writingInstead(groupUpdating, (fields, before) => kept(fields, before, ["name", "recall_to", "ring_group_id"])),
    ),
    [post("/call_park", { enabled: null, recall_time: null })],
  ),
  variant(
    write,
    "null_left_out.where_nothing_is_blank",
    "Null means what leaving a field out means, but for fields that may be blank.",
    all(
      at(write, ({ json, bytes }, next) => next(json === null && bytes.length > 0 ? { json: {} } : {})),
      writingInstead(callParkWriting, (fields) =>
        withoutNulls(fields, [
          "enabled",
          "recall_to",
          "recall_time",
          "recall_ring_group_time",
          "send_notification_to_parker",
        ]),
      ),
    ),
    [post("/call_park", { enabled: null, recall_time: null })],
  ),
  variant(
    addMember,
    "member_moved",
    "A user who joins a call park group leaves the one that they are in.",
    at(addMember, (seen, next, { store }) => {
      const { group, user } = groupAndUser(seen, store);
      const current = user && store.groups.ofMember(user.id);
      if (group && user && current !== undefined && current !== group.id) store.groups.removeMember(current, user.id);
      return next();
    }),
    [
      ...reach(addMember),
      post("/call_park_groups", { name: "Day shift", recall_to: "USER_ONLY" }),
      post("/call_park_groups/{id}/members/1001"),
    ],
  ),
  variant(
    remove,
    "no_member_removed",
    "Taking a user out of a group who is not in it is answered with 204.",
    nods(remove, 204, ({ user, group }, store) => user !== undefined && store.groups.ofMember(user.id) !== group?.id),
    [...made, post("/call_park_groups/{id}/members/1001/destroy")],
  ),
];
