import type * as FastCheck from "fast-check";
import type { Schema } from "../contract-document.ts";
import { digitLengths } from "../values.ts";

type Fc = typeof FastCheck;

/** How far beyond a bound a value is looked for. */
const far = 2 ** 31 - 1;

/** Any value that a schema of the spec takes; undefined for a kind of value that cannot be made up, such as an id. */
export const goodValues = (fc: Fc, schema: Schema): FastCheck.Arbitrary<unknown> | undefined => {
  const { type, minimum, maximum, enum: known } = schema;
  if (known !== undefined) return fc.constantFrom(...known);
  const types = [type ?? []].flat();
  if (types.includes("boolean")) return fc.boolean();
  if (types.includes("integer")) return fc.integer({ min: minimum ?? 0, max: maximum ?? far });
  return undefined;
};

/** Any value that a schema of the spec refuses, the plainest first: shrinking leads there. */
export const badValues = (fc: Fc, schema: Schema): FastCheck.Arbitrary<unknown> | undefined => {
  const { type, minimum, maximum, enum: known } = schema;
  const types = [type ?? []].flat();
  const others = [
    fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true, min: -far, max: far }),
    fc.array(fc.integer(), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("value", "id"), fc.integer(), { maxKeys: 1 }),
  ];
  if (known !== undefined)
    return fc.oneof(
      fc.string().filter((text) => !known.includes(text)),
      fc.integer(),
      ...others,
    );
  if (types.includes("boolean")) return fc.oneof(fc.integer(), fc.string(), ...others);
  if (types.includes("integer") && minimum !== undefined && maximum !== undefined)
    return fc.oneof(
      fc.integer({ min: maximum + 1, max: far }),
      fc.integer({ min: -far, max: minimum - 1 }).map((value) => value),
      fc.integer({ min: minimum, max: maximum }).map(String),
      ...others,
    );
  const lengths = digitLengths(schema);
  if (lengths === undefined) return undefined;
  const pattern = new RegExp(schema.pattern ?? "");
  return fc.oneof(
    fc.string({ unit: "grapheme", maxLength: lengths.most }).filter((text) => !pattern.test(text)),
    fc.nat(),
    ...others,
  );
};
