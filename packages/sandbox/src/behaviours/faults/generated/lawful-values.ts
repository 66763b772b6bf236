import type { Field } from "../../tools/document.ts";

/** A value that a field must take. */
export interface LawfulValue {
  /** Part of an id: `maximum`. */
  name: string;
  value: unknown;
  matches: (value: unknown) => boolean;
}

/** The bounds of a field, and each of its values where they can be counted. */
export const lawfulValues = ({ schema, types }: Field): LawfulValue[] => {
  const { minimum, maximum, minLength, maxLength, pattern } = schema;
  const exactly = (name: string, value: unknown): LawfulValue => ({ name, value, matches: (sent) => sent === value });
  const ofLength = (name: string, length: number, character: string): LawfulValue => ({
    name,
    value: character.repeat(length),
    matches: (sent) => typeof sent === "string" && [...sent].length === length,
  });
  const [, least, most] = /^\^\[0-9\]\{(\d+),(\d+)\}\$$/.exec(pattern ?? "") ?? [];
  return [
    ...(minimum === undefined ? [] : [exactly("minimum", minimum)]),
    ...(maximum === undefined ? [] : [exactly("maximum", maximum)]),
    ...(types.includes("boolean") ? [exactly("true", true), exactly("false", false)] : []),
    ...(schema.enum ?? []).map((value) => exactly(String(value).toLowerCase(), value)),
    ...(least === undefined ? [] : [ofLength("shortest", Number(least), "5")]),
    ...(most === undefined ? [] : [ofLength("longest", Number(most), "5")]),
    ...(minLength === undefined || maxLength === undefined ? [] : [ofLength("shortest", minLength, "N")]),
    ...(maxLength === undefined ? [] : [ofLength("longest", maxLength, "N")]),
  ];
};
