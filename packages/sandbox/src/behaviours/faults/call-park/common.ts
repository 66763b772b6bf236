import { fieldsOfSchema } from "../../tools/document.ts";
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

/** The bounds and the default of recall_time, as the spec has them; those of the other time are the same. */
const time = fieldsOfSchema("CallPark").find(({ name }) => name === "recall_time");
export const shortest: number = time?.schema.minimum ?? 0;
export const longest: number = time?.schema.maximum ?? 0;
export const usual: number = Number(time?.schema.default);
