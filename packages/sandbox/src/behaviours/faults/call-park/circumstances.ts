import type { CallParkSettings } from "../../../store/call-park.ts";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { all, at, isSuccess, remembering } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { isNumber, longest, modes, shortest } from "../../tools/limits.ts";
import { refusal } from "../../tools/refusals.ts";
import { isObject } from "../../tools/seen.ts";
import { callParkWriting, keeping, writingInstead } from "../../tools/writing.ts";
import { get, type WitnessRequest } from "../../witness.ts";
import { operation, recallsToRingGroup, shown, witness } from "./common.ts";
import { callParkOffFaults } from "./off.ts";
import { alsoStores, sent, stores } from "./stores.ts";

const isOutside = (value: unknown) => typeof value === "number" && (value < shortest || value > longest);

const times = ["recall_time", "recall_ring_group_time"] as const;

/** Takes for a field what it should not. */
const takes = (
  field: string,
  name: string,
  what: string,
  alter: Alter,
  requests: readonly WitnessRequest[],
): Behaviour =>
  behaviour(operation, `takes.${field}.${name}`, `POST /call_park takes ${what}.`, {
    class: "what it refuses",
    field,
    alsoAt: shown,
    alter,
    witness: requests,
  });

/** Bounds that hold in one case alone. */
const unbounded: readonly Behaviour[] = [
  ...times.map((field) =>
    takes(
      field,
      "out_of_range_while_off",
      `any ${field} while it turns call park off`,
      keeping(callParkWriting, field, (fields) => fields["enabled"] === false && isOutside(fields[field])),
      sent({ enabled: false, [field]: shortest - 1 }),
    ),
  ),
  takes(
    "recall_ring_group_time",
    "out_of_range_in_user_only",
    "any recall_ring_group_time where no ring group is recalled, by a body that says so",
    keeping(
      callParkWriting,
      "recall_ring_group_time",
      (fields) => fields["recall_to"] === "USER_ONLY" && isOutside(fields["recall_ring_group_time"]),
    ),
    sent({ recall_to: "USER_ONLY", recall_ring_group_time: shortest - 1 }),
  ),
];

const hasOnlyDigits = (text: string) => /^[0-9]*$/.test(text);

/** What a careless reader takes for a number of digits, and what it stores. */
const numbers: readonly Behaviour[] = (
  [
    ["minus", "with a minus before its digits", "-777", (text) => text.startsWith("-") && isNumber(text.slice(1))],
    [
      "point",
      "with a point among its digits",
      "77.7",
      (text) => /^[^.]+\.[^.]+$/.test(text) && isNumber(text.replace(".", "")),
    ],
    ["star_and_hash", "of all that a telephone's keys have", "*77#", (text) => isNumber(text.replace(/[*#]/g, "7"))],
    ["full_width", "of full-width digits", "\uff17\uff17\uff17", (text) => isNumber(text.normalize("NFKC"))],
  ] satisfies [string, string, string, (text: string) => boolean][]
).map(([name, what, value, isSuch]) =>
  takes(
    "extension_number",
    name,
    `an extension_number ${what}`,
    keeping(
      callParkWriting,
      "extension_number",
      ({ extension_number: number }) => typeof number === "string" && !hasOnlyDigits(number) && isSuch(number),
    ),
    sent({ extension_number: value }),
  ),
);

/** Takes what is nearly a value for that value. */
const takesFor = (
  field: string,
  name: string,
  what: string,
  meant: (value: string, known: string[]) => string | undefined,
  json: unknown,
): Behaviour =>
  takes(
    field,
    name,
    what,
    writingInstead(callParkWriting, (fields, _, { store }, { session }) => {
      const ids = store.numbers.ofType(session?.tenant_id ?? "", "RING_GROUP").map(({ id }) => id);
      const found = meant(String(fields[field]), ids);
      return found === undefined ? fields : { ...fields, [field]: found };
    }),
    witness(json),
  );

const nearly: readonly Behaviour[] = [
  takesFor(
    "recall_to",
    "beginning",
    "the beginning of a mode for the mode",
    (value) => (value.length > 3 && !modes.includes(value) ? modes.find((mode) => mode.startsWith(value)) : undefined),
    { recall_to: "USER_ONL" },
  ),
  takesFor(
    "ring_group_id",
    "other_case",
    "the id of a ring group in other letters, small for capital",
    (value, known) => known.find((id) => id !== value && id.toLowerCase() === value.toLowerCase()),
    { recall_to: "RING_GROUP_ONLY", ring_group_id: "{first_other_case}" },
  ),
];

/** What is written with something else besides, and is not what was sent. */
const together: readonly Behaviour[] = [
  stores(
    "stores.mode_with_time_only",
    "POST /call_park stores a mode only where recall_time changes too.",
    [get("/ring_groups"), ...sent({ recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" })],
    alsoStores((_, before, after) => (before.recall_time === after.recall_time ? { recall_to: before.recall_to } : {})),
    { field: "recall_to" },
  ),
  stores(
    "stores.ring_group_before_mode",
    "POST /call_park does not store a ring group that comes before its mode in the body.",
    [get("/ring_groups"), ...sent({ ring_group_id: "{first}", recall_to: "RING_GROUP_ONLY" })],
    alsoStores((fields, before) => {
      const names = Object.keys(fields);
      const isBefore = names.indexOf("ring_group_id") < names.indexOf("recall_to");
      return "ring_group_id" in fields && recallsToRingGroup(fields["recall_to"]) && isBefore
        ? { ring_group_id: before.ring_group_id }
        : {};
    }),
    { field: "ring_group_id" },
  ),
  behaviour(
    operation,
    "refuses.other_order",
    "POST /call_park refuses a body in which recall_to comes before enabled.",
    {
      class: "what it accepts",
      alter: at(operation, ({ json, session }, next) => {
        const names = isObject(json) ? Object.keys(json) : [];
        const isOther = names.includes("enabled") && names.indexOf("recall_to") < names.indexOf("enabled");
        return session && isOther && names.includes("recall_to") ? refusal("recall_to", "was not expected") : next();
      }),
      witness: sent({ recall_to: "USER_ONLY", enabled: true }),
    },
  ),
  behaviour(
    operation,
    "refuses.extension_number.middling",
    "POST /call_park refuses an extension_number of 20 to 50 digits.",
    {
      class: "what it accepts",
      field: "extension_number",
      alter: at(operation, ({ fields, session }, next) =>
        session && /^[0-9]{20,50}$/.test(String(fields["extension_number"])) ? refusal("extension_number") : next(),
      ),
      witness: sent({ extension_number: "7".repeat(30) }),
    },
  ),
];

/** How long a mode stays, in milliseconds. */
const aMoment = 300;

const forAMoment: Behaviour = stores(
  "stores.mode_for_a_moment",
  "POST /call_park stores a mode that goes back to the one before it 0.3 seconds later.",
  [
    get("/ring_groups"),
    ...sent({ recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
    get("/call_park", { after: aMoment + 10 }),
  ],
  remembering(() => {
    const modes = new Map<string, { mode: CallParkSettings["recall_to"]; since: number }>();
    return all(
      at("GET /call_park", ({ session }, next, { store }) => {
        const tenant = session?.tenant_id ?? "";
        const before = modes.get(tenant);
        if (before === undefined || performance.now() - before.since < aMoment) return next();
        modes.delete(tenant);
        store.callPark.save(tenant, { ...store.callPark.show(tenant), recall_to: before.mode });
        return next();
      }),
      at(operation, async ({ session }, next, { store }) => {
        const tenant = session?.tenant_id;
        if (!tenant) return next();
        const { recall_to: mode } = store.callPark.show(tenant);
        const answer = await next();
        modes.delete(tenant);
        if (isSuccess(answer) && store.callPark.show(tenant).recall_to !== mode)
          modes.set(tenant, { mode, since: performance.now() });
        return answer;
      }),
    );
  }),
  { field: "recall_to" },
);

export const callParkCircumstanceFaults: readonly Behaviour[] = [
  ...unbounded,
  ...numbers,
  ...nearly,
  ...callParkOffFaults,
  ...together,
  forAMoment,
];
