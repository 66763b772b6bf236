import { dropped } from "../../tools/bend.ts";
import type { Field } from "../../tools/document.ts";
import { isObject } from "../../tools/seen.ts";

/** A way of breaking one rule of a field. */
export interface Breach {
  /** Part of an id: `above_maximum`. */
  name: string;
  /** Goes after "answers with" or "takes": "recall_time as text". */
  what: string;
  value: unknown;
  /** Is this value such a breach, when somebody sends it? */
  matches: (value: unknown) => boolean;
}

/** Every value that the rules of a field forbid, one a rule; `dropped` where it must be there. */
export const breaches = (field: Field): Breach[] => [
  ...typeBreaches(field),
  ...numberBreaches(field),
  ...textBreaches(field),
  ...enumBreaches(field),
];

export const missing = ({ name }: Field): Breach => ({
  name: "missing",
  what: `without ${name}`,
  value: dropped,
  matches: (value) => value === undefined,
});

const typeBreaches = ({ name, types, nullable, schema }: Field): Breach[] => {
  const found: Breach[] = [];
  const is = (type: string) => types.includes(type);
  const example = schema["example"] ?? schema.default;
  if (is("string"))
    found.push({
      name: "number",
      what: `${name} as a number`,
      value: 666,
      matches: (value) => typeof value === "number",
    });
  if (is("integer") || is("boolean"))
    found.push({
      name: "text",
      what: `${name} as text`,
      value: String(example ?? 1),
      matches: (value) => typeof value === "string",
    });
  if (is("boolean"))
    found.push({ name: "number", what: `${name} as 1`, value: 1, matches: (value) => typeof value === "number" });
  if (is("array"))
    found.push({ name: "object", what: `${name} as an object`, value: {}, matches: (value) => !Array.isArray(value) });
  if (types.length > 0 && !nullable)
    found.push({ name: "null", what: `${name} as null`, value: null, matches: (value) => value === null });
  return found;
};

/** The JSON types that nothing is mistaken for easily, each where the field does not take it. */
export const strangeTypes = ({ name, types }: Field): Breach[] =>
  (
    [
      ["boolean", "a truth value", true, (value) => typeof value === "boolean"],
      ["array", "a list", [true], (value) => Array.isArray(value)],
      ["object", "an object", {}, (value) => isObject(value)],
    ] as const satisfies readonly (readonly [string, string, unknown, Breach["matches"]])[]
  )
    .filter(([type]) => !types.includes(type))
    .map(([type, what, value, matches]) => ({ name: type, what: `${name} as ${what}`, value, matches }));

const numberBreaches = ({ name, types, schema: { minimum, maximum } }: Field): Breach[] => {
  const found: Breach[] = [];
  const number = (value: unknown) => (typeof value === "number" ? value : Number.NaN);
  if (minimum !== undefined)
    found.push({
      name: "below_minimum",
      what: `${name} ${minimum - 1}, one below its minimum`,
      value: minimum - 1,
      matches: (value) => number(value) < minimum,
    });
  if (maximum !== undefined)
    found.push({
      name: "above_maximum",
      what: `${name} ${maximum + 1}, one above its maximum`,
      value: maximum + 1,
      matches: (value) => number(value) > maximum,
    });
  if (types.includes("integer"))
    found.push({
      name: "fraction",
      what: `${name} with a fraction`,
      value: (minimum ?? 0) + 30.5,
      matches: (value) => typeof value === "number" && !Number.isInteger(value),
    });
  return found;
};

const textBreaches = ({ name, schema: { minLength, maxLength, pattern } }: Field): Breach[] => {
  const found: Breach[] = [];
  const length = (value: unknown) => (typeof value === "string" ? [...value].length : Number.NaN);
  if (minLength !== undefined)
    found.push({
      name: "too_short",
      what: minLength === 1 ? `${name} as an empty text` : `${name} of ${minLength - 1} characters`,
      value: "x".repeat(minLength - 1),
      matches: (value) => length(value) < minLength,
    });
  if (maxLength !== undefined)
    found.push({
      name: "too_long",
      what: `${name} of ${maxLength + 1} characters`,
      value: "x".repeat(maxLength + 1),
      matches: (value) => length(value) > maxLength,
    });
  return pattern === undefined ? found : [...found, ...patternBreaches(name, pattern)];
};

/** A pattern held at one end only, and not at all; of digits so many to so many, also one fewer and one more. */
const patternBreaches = (name: string, pattern: string): Breach[] => {
  const holds = (source: string) => (value: unknown) => typeof value === "string" && new RegExp(source).test(value);
  const whole = holds(pattern);
  const [, least, most] = /^\^\[0-9\]\{(\d+),(\d+)\}\$$/.exec(pattern) ?? [];
  const breach = (part: string, what: string, value: string, matches: (value: unknown) => boolean): Breach => ({
    name: part,
    what: `${name} ${what}`,
    value,
    matches: (sent) => typeof sent === "string" && !whole(sent) && matches(sent),
  });
  const found = [breach("other_characters", "of other characters", "?x-", (value) => !/^[0-9]*$/.test(String(value)))];
  if (least === undefined || most === undefined) return found;
  const good = "6".repeat(Number(least));
  return [
    ...found,
    breach("loose_start", "with a letter before its digits", `x${good}`, holds(pattern.slice(1))),
    breach("loose_end", "with a letter after its digits", `${good}x`, holds(pattern.slice(0, -1))),
    breach("too_short", `of ${Number(least) - 1} digits`, good.slice(1), (value) =>
      holds(`^[0-9]{0,${Number(least) - 1}}$`)(value),
    ),
    breach(
      "too_long",
      `of ${Number(most) + 1} digits`,
      "6".repeat(Number(most) + 1),
      holds(`^[0-9]{${Number(most) + 1},}$`),
    ),
  ];
};

const enumBreaches = ({ name, schema }: Field): Breach[] => {
  const known = schema.enum ?? [];
  if (known.length === 0 || typeof known[0] !== "string") return [];
  const lower = known.map((value) => String(value).toLowerCase());
  return [
    {
      name: "unknown_value",
      what: `${name} as a value that nobody knows`,
      value: "SOMEBODY_ELSE",
      matches: (value) => typeof value === "string" && !lower.includes(value.toLowerCase()),
    },
    {
      name: "lower_case",
      what: `${name} in small letters`,
      value: lower[0],
      matches: (value) => typeof value === "string" && lower.includes(value),
    },
  ];
};
