import type { Behaviour } from "../../behaviour.ts";
import { at } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { shortest } from "../../tools/limits.ts";
import { refusal } from "../../tools/refusals.ts";
import { isObject } from "../../tools/seen.ts";
import { callParkWriting, writingInstead } from "../../tools/writing.ts";
import { operation } from "./common.ts";
import { alsoStores, sent, stores } from "./stores.ts";

const partial: readonly Behaviour[] = [
  stores(
    "partial.ignored",
    "POST /call_park answers a body of one field with 200, and stores nothing.",
    sent({ recall_time: 120 }),
    writingInstead(callParkWriting, (fields) => (Object.keys(fields).length === 1 ? {} : fields)),
  ),
  stores(
    "partial.sets_times_to_minimum",
    "POST /call_park sets a time that is left out to its minimum, which is no default.",
    sent({ recall_ring_group_time: 120 }),
    alsoStores((fields) => ("recall_time" in fields ? {} : { recall_time: shortest })),
    { field: "recall_time" },
  ),
  stores(
    "partial.number_taken_away",
    "POST /call_park sets an extension number that is left out to 000.",
    sent({ recall_time: 120 }),
    alsoStores((fields) => ("extension_number" in fields ? {} : { extension_number: "000" })),
    { field: "extension_number" },
  ),
  stores(
    "partial.turns_off",
    "POST /call_park keeps what is left out, but turns call park off where enabled is.",
    sent({ recall_time: 120 }),
    alsoStores((fields) => ("enabled" in fields ? {} : { enabled: false })),
    { field: "enabled" },
  ),
  behaviour(operation, "partial.refused", "POST /call_park refuses a body of one field.", {
    class: "what it accepts",
    alter: at(operation, ({ fields, session }, next) =>
      session && Object.keys(fields).length === 1 ? refusal(Object.keys(fields)[0] ?? "") : next(),
    ),
    witness: sent({ recall_time: 120 }),
  }),
  behaviour(operation, "empty_object.refused", "POST /call_park refuses a body without fields.", {
    class: "what it accepts",
    alter: at(operation, ({ json, session }, next) =>
      session && isObject(json) && Object.keys(json).length === 0 ? refusal("") : next(),
    ),
    witness: sent({}),
  }),
  stores(
    "empty_object.toggles",
    "POST /call_park turns call park off, or on again, for whoever sends a body without fields.",
    sent({}),
    alsoStores((fields, _, { enabled }) => (Object.keys(fields).length === 0 ? { enabled: !enabled } : {})),
    { field: "enabled" },
  ),
  stores(
    "empty_object.halves",
    "POST /call_park halves the times of whoever sends a body without fields.",
    sent({}),
    alsoStores((fields, before) => (Object.keys(fields).length === 0 ? { recall_time: before.recall_time / 2 } : {})),
  ),
];

/** Fields that may come alone, each with a value that it does not have. */
const alone: readonly [name: string, value: unknown][] = [
  ["recall_time", 120],
  ["recall_ring_group_time", 120],
  ["extension_number", "0777777777"],
  ["enabled", false],
  ["send_notification_to_parker", true],
];

const lost: readonly Behaviour[] = alone.map(([field, value]) =>
  stores(
    `partial.loses.${field}`,
    `POST /call_park answers a body of ${field} alone with 200, and stores nothing.`,
    sent({ [field]: value }),
    writingInstead(callParkWriting, (fields) => (Object.keys(fields).join() === field ? {} : fields)),
    { field },
  ),
);

/** The fields of a body that a PBX may not ask for: none is required. */
const required: readonly Behaviour[] = callParkWriting.body
  .filter(({ name }) => name !== "ring_group_id")
  .map(({ name }) =>
    behaviour(operation, `requires.${name}`, `POST /call_park refuses a body without ${name}, which is not required.`, {
      class: "what it accepts",

      alter: at(operation, ({ fields, json, session }, next) =>
        session && isObject(json) && !(name in fields) ? refusal(name, "is required") : next(),
      ),
      witness: sent(name === "recall_time" ? { recall_ring_group_time: 120 } : { recall_time: 120 }),
    }),
  );

export const callParkPartialFaults: readonly Behaviour[] = [...partial, ...lost, ...required];
