import { defaultSettings } from "../../defaults.ts";
import { propertyNames } from "../../lines.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { all, at, itemsOf } from "../tools/at.ts";
import { longest, longestByText, shortest, usual } from "../tools/limits.ts";
import { refusal } from "../tools/refusals.ts";
import { isObject } from "../tools/seen.ts";
import { starting } from "../tools/starting.ts";
import { callParkWriting, writingInstead } from "../tools/writing.ts";
import { get, post } from "../witness.ts";
import { posted, read, variant, write } from "./settings-common.ts";

const refusesNull = (...names: string[]): Alter =>
  at(write, ({ fields, session }, next) => {
    const blank = names.find((name) => fields[name] === null);
    return session && blank !== undefined ? refusal(blank, "must not be null") : next();
  });

const followsTheText = (initial: number): Alter =>
  all(
    starting(() => ({ recall_ring_group_time: initial })),
    at(write, ({ fields, session }, next) =>
      session && Number(fields["recall_ring_group_time"]) > longestByText
        ? refusal("recall_ring_group_time", `must be at most ${longestByText}`)
        : next(),
    ),
  );

export const settingsVariants: readonly Behaviour[] = [
  variant(
    "left_out.reset",
    "A POST sets the fields that it leaves out back to their defaults.",
    at(write, ({ fields, json }, next, { line }) => {
      const known = propertyNames(line, "CallParkUpdate");
      const defaults = Object.fromEntries(Object.entries(defaultSettings(line)).filter(([name]) => known.has(name)));
      return next(isObject(json) ? { json: { ...defaults, ...fields } } : {});
    }),
    posted({ recall_ring_group_time: 120 }, { recall_time: 120 }),
  ),
  variant(
    "left_out.prompt_dropped",
    "A POST that does not name a prompt takes it away.",
    writingInstead(callParkWriting, (fields) => ({ prompt_file_id: null, ...fields })),
    posted({ recall_time: 120 }),
  ),
  variant(
    "left_out.times_reset",
    "A POST sets the times that it leaves out back to their defaults.",
    writingInstead(callParkWriting, (fields) => ({ recall_time: usual, recall_ring_group_time: usual, ...fields })),
    posted({ recall_ring_group_time: 120 }, { recall_time: 120 }),
  ),
  variant(
    "ring_group.dropped",
    "In USER_ONLY the ring group is not kept.",
    writingInstead(callParkWriting, (fields, before) =>
      (fields["recall_to"] ?? before["recall_to"]) === "USER_ONLY" ? { ...fields, ring_group_id: null } : fields,
    ),
    [get("/ring_groups"), ...posted({ recall_to: "USER_ONLY", ring_group_id: "{first}" })],
  ),
  variant(
    "ring_group.text_not_looked_at",
    "In USER_ONLY a ring group may be any text, and is not kept.",
    at(write, ({ fields, json }, next) => {
      const { recall_to: mode, ring_group_id: id } = fields;
      return next(
        mode === "USER_ONLY" && typeof id === "string" ? { json: { ...Object(json), ring_group_id: null } } : {},
      );
    }),
    posted({ recall_to: "USER_ONLY", ring_group_id: "" }),
  ),
  variant(
    "ring_group.kept",
    "A ring group is chosen, and the mode is USER_ONLY.",
    starting(({ store }, tenant) => ({ ring_group_id: store.numbers.ofType(tenant, "RING_GROUP")[0]?.id ?? null })),
  ),
  variant(
    "starts.ring_group",
    "Calls are recalled to a ring group from the start.",
    starting(({ store }, tenant) => {
      const ring_group_id = store.numbers.ofType(tenant, "RING_GROUP")[0]?.id;
      return ring_group_id === undefined
        ? {}
        : { recall_to: "USER_FIRST_THEN_RING_GROUP", ring_group_id, recall_time: 61, recall_ring_group_time: 899 };
    }),
  ),
  variant(
    "starts.without_prompt",
    "There is no prompt.",
    starting(() => ({ prompt_file_id: null })),
  ),
  variant(
    "starts.disabled",
    "Call park is off, and has no number.",
    starting(() => ({ enabled: false, extension_number: null })),
  ),
  variant(
    "starts.without_number",
    "Call park is on, and has no number.",
    starting(() => ({ extension_number: null })),
  ),
  variant(
    "starts.long_number",
    "The number begins with zeros and has 64 digits.",
    starting(() => ({ extension_number: "0".repeat(3) + "6".repeat(61) })),
  ),
  variant(
    "starts.at_bounds",
    "The times are at their bounds.",
    starting(() => ({ recall_time: longest, recall_ring_group_time: shortest })),
  ),
  variant(
    "size_zero",
    "The size of a prompt that is not there is 0.",
    all(
      starting(() => ({ prompt_file_id: null })),
      itemsOf(read, (item) => ({ ...item, prompt_file_size: item["prompt_file_size"] ?? 0 })),
    ),
  ),
  variant(
    "number_hidden",
    "The number is not shown while call park is off.",
    itemsOf(read, (item) => (item["enabled"] === false ? { ...item, extension_number: null } : item)),
    posted({ enabled: false }),
  ),
  ...[
    { name: "within", initial: shortest },
    { name: "beyond", initial: usual },
  ].map(({ name, initial }) =>
    variant(
      `follows_the_text.${name}`,
      `recall_ring_group_time may be ${longestByText} at most, and is ${initial}.`,
      followsTheText(initial),
      [post("/call_park", { recall_ring_group_time: longestByText + 30 })],
    ),
  ),
  variant(
    "null_refused",
    "A POST may not carry null.",
    refusesNull("extension_number", "ring_group_id", "prompt_file_id"),
    posted({ ring_group_id: null }),
  ),
  variant(
    "null_refused.disabled",
    "A POST may not carry null, and call park is off without a number.",
    all(
      starting(() => ({ enabled: false, extension_number: null })),
      refusesNull("extension_number", "ring_group_id"),
    ),
    posted({ ring_group_id: null }),
  ),
  variant(
    "unknown_fields_refused",
    "A POST may not carry what the documents do not name.",
    at(write, ({ fields, session }, next, { line }) => {
      const known = propertyNames(line, "CallParkUpdate");
      const unknown = Object.keys(fields).find((name) => !known.has(name));
      return session && unknown !== undefined ? refusal(unknown, "is not known") : next();
    }),
    posted({ something: 1 }),
  ),
];
