import type { Schema } from "./contract-document.ts";

/** A value for a field, and what is special about it. */
export interface Probe {
  value: unknown;
  what: string;
  /** The rule that it stands at or breaks, as JSON Schema names it. */
  rule: string;
}

const types = (schema: Schema) => [schema.type ?? []].flat();

/** The lengths of a field that holds digits: those of a pattern such as `^[0-9]{3,64}$`. */
export const digitLengths = (schema: Schema): { least: number; most: number } | undefined => {
  const [, least, most] = /^\^\[0-9\]\{(\d+),(\d+)\}\$$/.exec(schema.pattern ?? "") ?? [];
  return least === undefined || most === undefined ? undefined : { least: Number(least), most: Number(most) };
};

/** The values at each bound of a number. */
export const atBounds = ({ minimum, maximum }: Schema): Probe[] => [
  ...(minimum === undefined ? [] : [{ value: minimum, what: `the minimum ${minimum}`, rule: "minimum" }]),
  ...(maximum === undefined ? [] : [{ value: maximum, what: `the maximum ${maximum}`, rule: "maximum" }]),
];

/** The values one step outside each bound of a number. */
export const outsideBounds = ({ minimum, maximum }: Schema): Probe[] => [
  ...(minimum === undefined ? [] : [{ value: minimum - 1, what: `${minimum - 1}`, rule: "minimum" }]),
  ...(maximum === undefined ? [] : [{ value: maximum + 1, what: `${maximum + 1}`, rule: "maximum" }]),
];

/** Values that break a field's rules other than the bounds of a number. */
export const breaking = (schema: Schema): Probe[] => {
  const lengths = digitLengths(schema);
  return [
    ...(schema.enum ? [{ value: "CALLPARK_UNKNOWN", what: "a value not documented", rule: "enum" }] : []),
    ...(lengths
      ? [
          { value: "7".repeat(lengths.least - 1), what: `${lengths.least - 1} digits`, rule: "pattern" },
          { value: "7".repeat(lengths.most + 1), what: `${lengths.most + 1} digits`, rule: "pattern" },
          { value: `${"7".repeat(lengths.least - 1)}a`, what: "a letter among the digits", rule: "pattern" },
          { value: ` ${"7".repeat(lengths.least)}`, what: "a space before the digits", rule: "pattern" },
        ]
      : []),
    ...wrongTypes(schema),
  ];
};

const samples: Record<string, unknown> = {
  string: "yes",
  integer: 1,
  boolean: true,
  object: {},
  array: [],
  null: null,
};

/** One value of each JSON type that the field does not take, and a fraction where it takes integers. */
export const wrongTypes = (schema: Schema): Probe[] => {
  const taken = types(schema);
  if (taken.length === 0) return [];
  return [
    ...Object.entries(samples)
      .filter(([type]) => !taken.includes(type))
      .map(([type, value]) => ({ value, what: type === "null" ? "null" : `a value of type ${type}`, rule: "type" })),
    ...(taken.includes("integer") ? [{ value: (schema.minimum ?? 0) + 0.5, what: "a fraction", rule: "type" }] : []),
  ];
};
