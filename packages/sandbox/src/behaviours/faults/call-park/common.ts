import type { Seen } from "../../tools/seen.ts";
import { get, post, type WitnessRequest } from "../../witness.ts";

export const operation = "POST /call_park";
export const shown: readonly string[] = ["GET /call_park"];
const ringGroups: WitnessRequest = get("/ring_groups");
export const witness = (json: unknown): readonly WitnessRequest[] => [
  ringGroups,
  post("/call_park", json),
  get("/call_park"),
];
export const recallsToRingGroup = (mode: unknown): boolean =>
  mode === "USER_FIRST_THEN_RING_GROUP" || mode === "RING_GROUP_ONLY";

export type Fields = Seen["fields"];
