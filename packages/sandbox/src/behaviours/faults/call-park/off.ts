import type { CallParkSettings } from "../../../store/call-park.ts";
import type { Behaviour } from "../../behaviour.ts";
import { usual } from "../../tools/limits.ts";
import { get } from "../../witness.ts";
import { alsoStores, sent, stores } from "./stores.ts";

const whileOff = (name: string, what: string, change: () => Partial<CallParkSettings>, json: unknown): Behaviour =>
  stores(
    `stores.off.${name}`,
    `POST /call_park ${what} whenever it turns call park off.`,
    [get("/ring_groups"), ...sent(json)],
    alsoStores((fields) => (fields["enabled"] === false && Object.keys(fields).length > 1 ? change() : {})),
  );

/** What else becomes of the settings of whoever turns call park off. */
export const callParkOffFaults: readonly Behaviour[] = [
  whileOff("resets_mode", "recalls to the user only", () => ({ recall_to: "USER_ONLY" }), {
    enabled: false,
    recall_to: "RING_GROUP_ONLY",
    ring_group_id: "{first}",
  }),
  whileOff(
    "resets_times",
    "sets both times to their default",
    () => ({ recall_time: usual, recall_ring_group_time: usual }),
    { enabled: false, recall_time: 120 },
  ),
  whileOff("stops_notifying", "turns send_notification_to_parker off", () => ({ send_notification_to_parker: false }), {
    enabled: false,
    send_notification_to_parker: true,
  }),
  stores(
    "stores.off.loses_number",
    "POST /call_park takes the number away from whoever turns call park off.",
    sent({ enabled: false, extension_number: "777" }, { enabled: true }),
    alsoStores((_, __, { enabled }) => (enabled ? {} : { extension_number: null })),
    { field: "enabled" },
  ),
  stores(
    "stores.off.drops_prompt",
    "POST /call_park takes the prompt away from whoever turns call park off.",
    sent({ enabled: false }),
    alsoStores((_, __, { enabled }) => (enabled ? {} : { prompt_file_id: null })),
    { field: "enabled" },
  ),
];
