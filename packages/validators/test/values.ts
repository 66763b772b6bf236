/** Values to try a schema with, made from the schema itself: some hold, most break a rule or two. */
import fc from "fast-check";
import type { Schema } from "../tools/schema.ts";

/** What has misled validators: other planes, other digits, line ends, prototypes, holes, numbers that are none. */
const traps = fc.constantFrom<unknown>(
  ...[undefined, null, true, false, 0, -0, -1, 1.5, 59, 60, 300, 900, 901, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1],
  ...[2 ** 53, 2 ** 63, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 60n, Symbol("60")],
  ...["", " ", "66", "666", "６６６", "666\n", "x".repeat(64), "x".repeat(65), "6".repeat(64), "6".repeat(65)],
  ...["😀".repeat(64), "😀".repeat(65), "😀".repeat(32).concat("\ud83d"), "\ud83d".repeat(64), "\ude00".repeat(65)],
  ...["\u0000", "USER_ONLY", "RING_GROUP_ONLY", "NOBODY", "password", "refresh_token", "constructor", "__proto__"],
  ...["/api/blobs/a", "/api/blobs/", "/api/blobs/a/b", "//api/blobs/a", "/api/blobs/a\n", "VALIDATE_FAILED", "A b"],
  ...[[], [null], new Array(1), {}, { recall_to: "USER_ONLY" }, new String("USER_ONLY"), new Number(60), () => true],
);

const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: traps },
  { weight: 1, arbitrary: fc.anything({ withSparseArray: true, withNullPrototype: true, withBigInt: true }) },
);

/** A list with an object's properties on it, but for `length`: a list takes only some numbers for that. */
const onList = (value: object | null): unknown[] =>
  Object.assign([], Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => name !== "length")));

/** Hides a value where a careless look finds it: behind the name of the prototype, in the prototype, on or in a list. */
const hidden = (value: unknown): unknown[] => [
  Object.defineProperty({}, "__proto__", { value, enumerable: true }),
  ...(typeof value === "object" ? [Object.create(value), onList(value)] : []),
  [value],
];

export const createValues = (schemas: Record<string, Schema>): ((schema: Schema) => fc.Arbitrary<unknown>) => {
  const follow = (schema: Schema): Schema =>
    schema.$ref ? follow(schemas[schema.$ref.split("/").at(-1) as string] as Schema) : schema;

  const number = ({ minimum = 0, maximum, format }: Schema): fc.Arbitrary<unknown> => {
    const [from, to] = [minimum, maximum ?? 2 ** (format === "int32" ? 31 : 53) - 1] as [number, number];
    return fc.oneof(
      { weight: 9, arbitrary: fc.maxSafeNat().map((drawn) => from + (drawn % (to - from + 1))) },
      { weight: 1, arbitrary: fc.constantFrom(...[from, to].flatMap((end) => [end - 1, end, end + 1, end + 0.5])) },
    );
  };

  const text = ({ pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> => {
    if (typeof pattern === "string") return fc.stringMatching(new RegExp(pattern, "u"));
    const most = typeof maxLength === "number" ? maxLength : 20;
    return fc.oneof(
      { weight: 9, arbitrary: fc.string({ minLength: minLength as number, maxLength: Math.min(most, 20) }) },
      { weight: 1, arbitrary: fc.constantFrom("é", "😀", "\ud83d").map((one) => one.repeat(most)) },
      { weight: 1, arbitrary: fc.constantFrom("é", "😀", "\ud83d").map((one) => one.repeat(most + 1)) },
    );
  };

  const object = (schema: Schema): fc.Arbitrary<unknown> => {
    // Fields of other branches come along, as they do where a form changes its mode.
    const branches = (schema.oneOf ?? []).map(follow);
    const fields = (chosen: Schema) => {
      const parts = [...branches, schema, chosen];
      const required = [...(schema.required ?? []), ...(chosen.required ?? [])];
      return fc.record(
        Object.fromEntries(
          Object.entries<Schema>(Object.assign({}, ...parts.map(({ properties }) => properties))).map(
            ([field, property]) => [field, make(property)],
          ),
        ),
        {
          requiredKeys: required.filter((name) => parts.some(({ properties = {} }) => Object.hasOwn(properties, name))),
        },
      );
    };
    const whole = branches.length > 0 ? fc.oneof(...branches.map(fields)) : fields({});
    const wrong = fc.oneof(junk, fc.constantFrom(null, undefined));
    const spoilt = fc.tuple(whole, fc.nat(), wrong, fc.boolean()).map(([value, which, other, drops]) => {
      const changed: Record<string, unknown> = { ...(value as object) };
      const names = [...Object.keys(changed), "constructor"];
      const name = names[which % names.length] as string;
      if (drops) delete changed[name];
      else changed[name] = other;
      return changed;
    });
    return fc.oneof({ weight: 2, arbitrary: whole }, { weight: 1, arbitrary: spoilt });
  };

  const ofType = (type: string | undefined, schema: Schema): fc.Arbitrary<unknown> => {
    switch (type) {
      case "array":
        return fc.tuple(fc.array(make(schema.items ?? {}), { maxLength: 3 }), fc.nat(9)).map(([items, drawn]) => {
          // One in ten has a hole at its end.
          if (drawn === 9) items.length += 1;
          return items;
        });
      case "integer":
        return number(schema);
      case "string":
        return text(schema);
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      default:
        return junk;
    }
  };

  const right = (schema: Schema): fc.Arbitrary<unknown> => {
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.properties || schema.oneOf) return object(schema);
    return fc.oneof(...[schema.type].flat().map((type) => ofType(type, schema)));
  };

  const make = (schema: Schema): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 40, arbitrary: right(follow(schema)) }, { weight: 1, arbitrary: junk });

  return (schema) => {
    const made = make(schema);
    const behind = made.chain((value) => fc.constantFrom(value, ...hidden(value)));
    return fc.oneof({ weight: 8, arbitrary: made }, { weight: 1, arbitrary: behind }, { weight: 1, arbitrary: junk });
  };
};
