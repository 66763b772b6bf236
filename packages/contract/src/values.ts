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
    ...(schema.enum
      ? [
          { value: "CALLPARK_UNKNOWN", what: "a value not documented", rule: "enum" },
          { value: String(schema.enum[0]).toLowerCase(), what: "a mode in small letters", rule: "enum" },
        ]
      : []),
    ...(lengths
      ? [
          { value: "7".repeat(lengths.least - 1), what: `${lengths.least - 1} digits`, rule: "pattern" },
          { value: "7".repeat(lengths.most + 1), what: `${lengths.most + 1} digits`, rule: "pattern" },
          { value: `${"7".repeat(lengths.least - 1)}a`, what: "a letter among the digits", rule: "pattern" },
          { value: ` ${"7".repeat(lengths.least)}`, what: "a space before the digits", rule: "pattern" },
          { value: `${"7".repeat(lengths.least)}x`, what: "a letter after the digits", rule: "pattern" },
          { value: `${"7".repeat(lengths.least)}\n`, what: "a line break after the digits", rule: "pattern" },
          { value: "\u0667".repeat(lengths.least), what: "digits of another script", rule: "pattern" },
          { value: "", what: "an empty text", rule: "pattern" },
        ]
      : []),
    ...((schema.minLength ?? 0) > 0 ? [{ value: "", what: "an empty text", rule: "minLength" }] : []),
    ...wrongTypes(schema),
  ];
};

/** Values of each type, as near to what the field takes as another type comes: a lenient PBX would convert them. */
const samples = ({ type, minimum, default: usual }: Schema): Record<string, unknown> => ({
  string: [type].flat().includes("boolean") ? "true" : String(minimum ?? 1),
  integer: typeof usual === "string" ? Number(usual) : 1,
  boolean: true,
  object: {},
  array: [],
  null: null,
});

/** Values beyond what the bounds' own neighbours show: none, less than none, more than the format holds. */
export const farOutside = ({ minimum = 0, format }: Schema): Probe[] =>
  [0, -minimum, ...(format === "int32" ? [2 ** 31] : [])].map((value) => ({
    value,
    what: `${value}`,
    rule: value > 0 ? "maximum" : "minimum",
  }));

/** One value of each JSON type that the field does not take, and a fraction where it takes integers. */
export const wrongTypes = (schema: Schema): Probe[] => {
  const taken = types(schema);
  if (taken.length === 0) return [];
  return [
    ...Object.entries(samples(schema))
      .filter(([type]) => !taken.includes(type))
      .map(([type, value]) => ({ value, what: type === "null" ? "null" : `a value of type ${type}`, rule: "type" })),
    ...(taken.includes("integer") ? [{ value: (schema.minimum ?? 0) + 0.5, what: "a fraction", rule: "type" }] : []),
  ];
};
