import type { CallPark, CallParkUpdate } from "@callpark/types";

type Keys<Union> = Union extends unknown ? keyof Union : never;

// The prompt is written by id and read by name, size and URL: what was read cannot be written back.
const writable = {
  enabled: true,
  extension_number: true,
  recall_to: true,
  recall_time: true,
  recall_ring_group_time: true,
  ring_group_id: true,
  send_notification_to_parker: true,
} as const satisfies Record<Exclude<Keys<CallParkUpdate>, "prompt_file_id">, true>;

/**
 * What was read, as what can be written: every setting but the prompt. A field that the PBX did not answer with is left
 * out.
 *
 * @example await pbx.POST("/call_park", { body: { ...toUpdate(callPark), recall_time: 120 } });
 */
export const toUpdate = (callPark: CallPark): CallParkUpdate =>
  Object.fromEntries(Object.entries(callPark).filter(([name]) => Object.hasOwn(writable, name))) as CallParkUpdate;
