import type { Schema } from "./contract-document.ts";

/** A value for a field, and what is special about it. */
export interface Probe {
  value: unknown;
  what: string;
  /** The rule that it stands at or breaks, as JSON Schema names it. */
  rule: string;
}

/** No PBX has anything by this id. */
export const unknownId = "Y2FsbHBhcmstbm8tc3VjaC1pZA";

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

/** A value between the bounds that is no multiple of anything: rounded, clamped or held in a byte, it shows. */
export const inside = ({ minimum, maximum }: Schema): Probe[] => {
  if (minimum === undefined || maximum === undefined) return [];
  const isPrime = (value: number) => {
    for (let factor = 2; factor * factor <= value; factor += 1) if (value % factor === 0) return false;
    return true;
  };
  let value = minimum + Math.ceil((maximum - minimum) * 0.66);
  while (!isPrime(value)) value += 1;
  return [{ value, what: `${value}`, rule: "type" }];
};

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
          { value: String(schema.enum[0]).slice(0, -1), what: "a mode without its last letter", rule: "enum" },
          { value: String(schema.enum[0]).toLowerCase(), what: "a mode in small letters", rule: "enum" },
          { value: "", what: "an empty text", rule: "enum" },
          { value: ` ${schema.enum[0]} `, what: "a mode with spaces round it", rule: "enum" },
        ]
      : []),
    ...(lengths ? noDigits(lengths) : []),
    ...((schema.minLength ?? 0) > 0 ? [{ value: "", what: "an empty text", rule: "minLength" }] : []),
    ...wrongTypes(schema),
  ];
};

/** Texts that a pattern of digits refuses, each of which a careless one lets through. */
const noDigits = ({ least, most }: { least: number; most: number }): Probe[] => {
  const digits = "7".repeat(least);
  return [
    { value: digits.slice(1), what: `${least - 1} digits` },
    { value: "7".repeat(most + 1), what: `${most + 1} digits` },
    { value: "a".repeat(least), what: "letters" },
    { value: `+${digits}`, what: "a sign before the digits" },
    { value: `${digits}.${digits}`, what: "a point among the digits" },
    { value: `-${digits}`, what: "a minus before the digits" },
    { value: `${digits}*#`, what: "a star and a hash after the digits" },
    { value: ` ${digits}`, what: "a space before the digits" },
    { value: `${digits}\n`, what: "a line break after the digits" },
    { value: "\uff17".repeat(least), what: "full-width digits" },
    { value: "", what: "an empty text" },
  ].map((probe) => ({ ...probe, rule: "pattern" }));
};

/** Values of each type, as near to what the field takes as another type comes: a lenient PBX would convert them. */
const samples = ({ type, minimum, default: usual, enum: known }: Schema): [type: string, value: unknown][] => {
  const good = usual ?? known?.[0] ?? minimum ?? true;
  return [
    ["string", [type].flat().includes("boolean") ? "true" : String(good)],
    ["integer", typeof usual === "string" ? Number(usual) : 1],
    ["boolean", true],
    ["array", [good]],
    ["object", {}],
    ["null", null],
  ];
};

/** Values beyond what the bounds' own neighbours show: none, less than none, and one that a 32-bit number makes good. */
export const farOutside = ({ minimum = 0, format, default: usual }: Schema): Probe[] =>
  ["", 0, -minimum, ...(format === "int32" ? [2 ** 32 + Number(usual ?? minimum)] : [])].map((value) => ({
    value,
    what: value === "" ? "an empty text" : `${value}`,
    rule: farRule(value),
  }));

const farRule = (value: number | string) => {
  if (value === "") return "type";
  return Number(value) > 0 ? "maximum" : "minimum";
};

/** One value of each JSON type that the field does not take, and a fraction where it takes integers. */
export const wrongTypes = (schema: Schema): Probe[] => {
  const taken = types(schema);
  if (taken.length === 0) return [];
  return [
    ...samples(schema)
      .filter(([type]) => !taken.includes(type))
      .map(([type, value]) => ({ value, what: type === "null" ? "null" : `a value of type ${type}`, rule: "type" })),
    ...(taken.includes("integer") ? [{ value: (schema.minimum ?? 0) + 0.5, what: "a fraction", rule: "type" }] : []),
  ];
};
