import { fieldsOfSchema } from "./document.ts";

const fields = new Map(fieldsOfSchema("CallPark").map(({ name, schema }) => [name, schema]));
const ofTime = fields.get("recall_time");

/** The bounds and the default of recall_time, as the spec has them, in seconds; those of the other time are the same. */
export const shortest: number = Number(ofTime?.minimum);
export const longest: number = Number(ofTime?.maximum);
export const usual: number = Number(ofTime?.default);

/** The maximum that the text has for recall_ring_group_time where the schema has another, in seconds. */
export const longestByText: number = Number(fields.get("recall_ring_group_time")?.["x-contradicted-maximum"]);

export const modes: readonly string[] = (fields.get("recall_to")?.enum ?? []).map(String);

const number = new RegExp(fields.get("extension_number")?.pattern ?? "");

/** Whether a text is an extension number by the spec's pattern. */
export const isNumber = (text: string): boolean => number.test(text);
