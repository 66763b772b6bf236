/** Values to try a schema with, made from the schema itself: some hold, most break a rule or two. The same every time. */
import type { Schema } from "../tools/schema.ts";

/** Park and Miller's: the same numbers on every machine. */
const random = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

const junk: unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 60, 300, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY],
  ...[
    "",
    " ",
    "666",
    "６６６",
    "66\n",
    "x".repeat(65),
    "😀".repeat(64),
    "\u0000",
    "USER_ONLY",
    "RING_GROUP_ONLY",
    "NOBODY",
  ],
  ...["password", "refresh_token", "constructor", "__proto__"],
  ...[[], [null], {}, { recall_to: "USER_ONLY" }, JSON.parse('{"__proto__":{"recall_to":"USER_ONLY"}}')],
];

export const makeValues = (schemas: Record<string, Schema>, name: string, count: number): unknown[] => {
  const next = random(count + name.length);
  const pick = <Item>(from: readonly Item[]): Item => from[Math.floor(next() * from.length)] as Item;
  const chance = (part: number) => next() < part;
  const follow = (schema: Schema): Schema =>
    schema.$ref ? follow(schemas[schema.$ref.split("/").at(-1) as string] as Schema) : schema;

  const number = ({ minimum, maximum }: Schema): unknown => {
    const ends = [minimum, maximum].filter((end) => typeof end === "number");
    return chance(0.85)
      ? Math.floor(((ends[0] ?? 0) + (ends[1] ?? 1000)) / 2)
      : pick([...ends.flatMap((end) => [end - 1, end, end + 1, end + 0.5]), 2 ** 31]);
  };

  const text = ({ example, maxLength }: Schema): unknown =>
    chance(0.85) || typeof maxLength !== "number" ? example : "é".repeat(pick([maxLength, maxLength + 1]));

  const object = (schema: Schema): Record<string, unknown> => {
    // Fields of other branches come along, as they do where a form changes its mode.
    const branches = (schema.oneOf ?? []).map(follow);
    const chosen = branches.length > 0 ? pick(branches) : {};
    const others = chance(0.3) ? branches : [chosen];
    const properties = Object.assign({}, schema.properties, ...others.map((one) => one.properties), chosen.properties);
    const required = [...(schema.required ?? []), ...(chosen.required ?? [])];
    const value: Record<string, unknown> = {};
    for (const [field, property] of Object.entries<Schema>(properties))
      if (required.includes(field) || chance(0.5)) value[field] = make(property);
    return spoil(value);
  };

  const spoil = (value: Record<string, unknown>) => {
    const fields = Object.keys(value);
    for (let times = pick([0, 0, 1, 1, 2]); times > 0 && fields.length > 0; times -= 1) {
      const field = pick(fields);
      if (chance(0.4)) delete value[field];
      else value[field] = pick([...junk, ...Object.values(value)]);
    }
    if (chance(0.1)) value[pick(["other", "constructor", "toString"])] = pick(junk);
    return chance(0.05) ? JSON.parse(`{"__proto__":${JSON.stringify(value)}}`) : value;
  };

  const make = (schemaOrRef: Schema): unknown => {
    const schema = follow(schemaOrRef);
    if (chance(0.03)) return pick(junk);
    if (schema.enum) return pick(schema.enum);
    if (schema.properties || schema.oneOf) return object(schema);
    if (schema.type === undefined) return pick(junk);
    const type = pick([schema.type].flat());
    if (type === "array") return Array.from({ length: pick([0, 1, 2]) }, () => make(schema.items ?? {}));
    if (type === "integer" || type === "number") return number(schema);
    if (type === "boolean") return chance(0.5);
    return type === "string" ? text(schema) : null;
  };

  return [...junk, ...Array.from({ length: count - junk.length }, () => make({ $ref: name }))];
};
