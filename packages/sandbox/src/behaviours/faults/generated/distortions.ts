import type { Field } from "../../tools/document.ts";

/** A way of storing another value than the one that came. */
export interface Distortion {
  name: string;
  /** Goes after "stores recall_time": "one higher than it came". */
  what: string;
  /** A value that shows it. */
  from: unknown;
  to: (value: unknown) => unknown;
  /** Why what was there cannot be stored again. */
  unrestorable?: string;
}

export const distortions = ({ name, types, schema }: Field): Distortion[] => {
  if (types.includes("integer")) return ofNumbers(schema.minimum ?? 0, schema.maximum ?? 0);
  if (schema.enum) return ofModes(schema.enum);
  if (schema.pattern !== undefined) return ofDigits;
  return name === "name" ? ofNames : [];
};

const number = (change: (value: number) => number) => (value: unknown) =>
  typeof value === "number" ? change(value) : value;
const text = (change: (value: string) => string) => (value: unknown) =>
  typeof value === "string" ? change(value) : value;

const ofNumbers = (minimum: number, maximum: number): Distortion[] => [
  {
    name: "one_higher",
    what: "one higher than it came",
    from: minimum,
    to: number((value) => (value === maximum ? value : value + 1)),
    unrestorable: "Every value is stored one higher, that which is put back included.",
  },
  {
    name: "rounded",
    what: "rounded to tens of seconds",
    from: minimum + 4,
    to: number((value) => (value === minimum || value === maximum ? value : Math.round(value / 10) * 10)),
  },
  {
    name: "clamped_below",
    what: `as ${maximum - 300} where it is higher`,
    from: maximum,
    to: number((value) => (value <= maximum ? Math.min(value, maximum - 300) : value)),
  },
  {
    name: "clamped_above",
    what: `as ${minimum + 30} where it is lower`,
    from: minimum,
    to: number((value) => (value >= minimum ? Math.max(value, minimum + 30) : value)),
  },
];

/** One mode taken for another. The first is the one that the sandbox starts with. */
const ofModes = ([first, ...others]: unknown[]): Distortion[] =>
  others.map((mode, index) => ({
    name: `${String(mode).toLowerCase()}_as_another`,
    what: `${String(mode)} as ${String(others[index + 1] ?? first)}`,
    from: mode,
    to: (value) => (value === mode ? (others[index + 1] ?? first) : value),
  }));

const ofDigits: Distortion[] = [
  {
    name: "without_leading_zeros",
    what: "without its leading zeros",
    from: "0555",
    to: text((value) => value.replace(/^0+(?=[0-9]{3})/, "")),
  },
  {
    name: "cut",
    what: "cut after 32 digits",
    from: "5".repeat(40),
    to: text((value) => value.slice(0, value.length > 64 ? undefined : 32)),
  },
];

const ofNames: Distortion[] = [
  {
    name: "cut",
    what: "cut after 32 characters",
    from: "N".repeat(40),
    to: text((value) => value.slice(0, value.length > 64 ? undefined : 32)),
  },
  { name: "lower_case", what: "in small letters", from: "Evening Shift", to: text((value) => value.toLowerCase()) },
  {
    name: "ascii",
    what: "with ? for what is not ASCII",
    from: "Spätschicht",
    to: text((value) => value.replace(/[^\x20-\x7e]/g, "?")),
  },
  {
    name: "three_bytes",
    what: "with ? for what takes four bytes in UTF-8",
    from: "𠮷野",
    to: text((value) => value.replace(/[\u{10000}-\u{10ffff}]/gu, "?")),
  },
  {
    name: "html",
    what: "with &amp; for &",
    from: "Sales & Support",
    to: text((value) => value.replaceAll("&", "&amp;")),
  },
];
