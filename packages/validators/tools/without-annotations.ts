import type { Schema } from "./schema.ts";

const annotations = [
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "contentMediaType",
];

/**
 * The schema without what is no rule for a value. ajv keeps schemas in what it
 * compiles, and nobody downloads a sentence to have a number checked.
 */
export const withoutAnnotations = (schema: Schema): Schema =>
  Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !annotations.includes(key) && !key.startsWith("x-"))
      .map(([key, value]) => [key, withoutBelow(key, value)]),
  );

/** A field may be called `description`: in `properties` the keys are names. */
const withoutBelow = (key: string, value: unknown): unknown => {
  if (key === "properties") return mapValues(value as Record<string, Schema>, withoutAnnotations);
  if (["allOf", "anyOf", "oneOf"].includes(key)) return (value as Schema[]).map(withoutAnnotations);
  return ["items", "not"].includes(key) ? withoutAnnotations(value as Schema) : value;
};

export const mapValues = <From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
