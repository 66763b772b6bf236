import { type Line, resolve, schemaOf } from "./lines.ts";
import type { CallParkSettings } from "./store/call-park.ts";

/** What a field goes back to that is left out, where a POST replaces: what the document says, else blank. */
export const defaultSettings = (line: Line): CallParkSettings => {
  const of = <Type>(name: string) => schemaOf(line, name)["default"] as Type;
  const toUser = resolve(line.document, schemaOf(line, "RecallToUser")).properties?.["recall_to"];
  return {
    enabled: false,
    extension_number: of("CallParkExtensionNumber"),
    recall_to: toUser?.enum?.[0] as CallParkSettings["recall_to"],
    recall_time: of("RecallTime"),
    recall_ring_group_time: of("RecallRingGroupTime"),
    ring_group_id: null,
    prompt_file_id: null,
    send_notification_to_parker: false,
  };
};
