/** Writes what tells whether a value is as a schema says: JavaScript, as a person would write it. */
import { tagOf } from "./choose-branch.ts";
import type { Schema } from "./schema.ts";
import { createTake, type Take } from "./take.ts";

interface Bounds {
  format?: string;
  minimum?: number;
  maximum?: number;
}

/** JavaScript has no exact number beyond 2 ** 53, so whether one fits into 64 bits is no longer to be told. */
const ranges: Record<string, readonly [number, number]> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
};

/** The rules of a schema for the value that an expression gives, each a condition: all must hold. */
type Write = (schema: Schema, value: string, isRecord?: boolean) => string[];

export const createWriter = (schemas: Record<string, Schema>, patternOf: (source: string) => string): Write => {
  const nameOf = ($ref: string) => $ref.replace("#/components/schemas/", "");
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : resolve(schemas[nameOf(schema.$ref)] as Schema);

  const write: Write = (schema, value, isRecord = false) => {
    const { $ref, type, enum: all, const: only, allOf = [], oneOf, ...rules } = schema;
    if ($ref !== undefined) {
      const target = resolve(schema);
      const isSmall = target.properties === undefined && target.oneOf === undefined && target.items === undefined;
      // Where the value is looked at already, as in a union's branch, its rules are no function of their own.
      return isSmall || isRecord ? write(target, value, isRecord) : [`is${nameOf($ref)}(${value})`];
    }
    const take = createTake(rules);
    const types = [type ?? []].flat();
    const values = "const" in schema ? [only] : all;
    const kinds = values
      ? values
          .filter((one) => types.length === 0 || types.some((kind) => isOf(kind, one)))
          .map((one) => [equals(value, one)])
      : types.map((kind) => ofType(kind, value, take, isRecord));
    const own = kinds.length === 1 ? (kinds[0] as string[]) : kinds.length > 1 ? [either(kinds)] : [];
    take.end(schema);
    const knows = isRecord || types.join() === "object";
    return [
      ...own,
      ...allOf.flatMap((part) => write(part, value, knows)),
      ...(oneOf ? [oneOfThem(oneOf, value, knows)] : []),
    ];
  };

  const ofType = (type: string, value: string, take: Take, isRecord: boolean): string[] => {
    switch (type) {
      case "null":
        return [`${value} === null`];
      case "boolean":
        return [`typeof ${value} === "boolean"`];
      case "integer":
        return [`Number.isInteger(${value})`, ...bounds(value, take)];
      case "string":
        return [`typeof ${value} === "string"`, ...text(value, take)];
      case "array":
        return [`Array.isArray(${value})`, ...list(value, take)];
      case "object":
        return [...(isRecord ? [] : [`isRecord(${value})`]), ...fields(value, take)];
      default:
        return refuse(`the type ${type}`);
    }
  };

  const bounds = (value: string, take: Take): string[] => {
    const { format = "int64", minimum, maximum } = take("format", "minimum", "maximum") as Bounds;
    const [least, most] = ranges[format] ?? refuse(`the format ${format}`);
    const from = Math.max(minimum ?? least, least);
    const to = Math.min(maximum ?? most, most);
    return [
      ...(Number.isFinite(from) ? [`${value} >= ${from}`] : []),
      ...(Number.isFinite(to) ? [`${value} <= ${to}`] : []),
    ];
  };

  const text = (value: string, take: Take): string[] => {
    const { minLength, maxLength, pattern, format = "password" } = take("minLength", "maxLength", "pattern", "format");
    // A text that is a password may be any.
    if (format !== "password") refuse(`the format ${format}`);
    if (minLength !== undefined && minLength !== 1) refuse(`minLength ${minLength}`);
    return [
      ...(minLength === undefined ? [] : [`${value} !== ""`]),
      ...(maxLength === undefined ? [] : [`fits(${value}, ${maxLength})`]),
      ...(pattern === undefined ? [] : [matches(pattern as string, value)]),
    ];
  };

  /** A number to dial is most of what a pattern is for here, and counting digits takes half the time of a test. */
  const matches = (pattern: string, value: string): string => {
    const [, least, most] = /^\^\[0-9\]\{(\d+),(\d+)\}\$$/.exec(pattern) ?? [];
    return least === undefined
      ? `${patternOf(String(new RegExp(pattern, "u")))}.test(${value})`
      : `isDigits(${value}, ${least}, ${most})`;
  };

  const list = (value: string, take: Take): string[] => {
    const { minItems, items } = take("minItems", "items");
    const rules = items === undefined ? [] : write(items as Schema, "item");
    const [, whole] = /^(is\w+)\(item\)$/.exec(both(rules)) ?? [];
    return [
      ...(minItems === undefined ? [] : [`${value}.length >= ${minItems}`]),
      ...(rules.length === 0 ? [] : [`every(${value}, ${whole ?? `(item) => ${both(rules)}`})`]),
    ];
  };

  const fields = (value: string, take: Take): string[] => {
    const { required = [], properties = {} } = take("required", "properties") as Pick<
      Schema,
      "required" | "properties"
    >;
    const known = Object.entries(properties).flatMap(([name, property]) => {
      const field = access(value, name);
      const rules = write(property, field);
      if (required.includes(name)) return rules.length > 0 ? rules : [`${field} !== undefined`];
      return rules.length > 0 ? [either([[`${field} === undefined`], rules])] : [];
    });
    const others = required.filter((name) => !Object.hasOwn(properties, name));
    return [...known, ...others.map((name) => `${access(value, name)} !== undefined`)];
  };

  /** Exactly one branch. Where a property's value says which, no two can hold, so that any will do. */
  const oneOfThem = (branches: Schema[], value: string, isRecord: boolean): string => {
    const rules = branches.map((branch) => write(branch, value, isRecord));
    if (tagOf(branches, resolve) !== undefined) return either(rules);
    return `${rules.map((one) => `Number(${both(one)})`).join(" + ")} === 1`;
  };

  return write;
};

/** A rule that is not written would be one that nobody holds. */
const refuse = (what: string): never => {
  throw new Error(`No predicate is known for ${what}`);
};

/** None is no rule at all. */
const both = (rules: string[]): string => rules.join(" && ") || "true";

const either = (alternatives: string[][]): string => `(${alternatives.map(both).join(" || ")})`;

const access = (value: string, name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? `${value}.${name}` : `${value}[${JSON.stringify(name)}]`;

const equals = (value: string, one: unknown): string => {
  if (typeof one === "object" && one !== null) refuse("an enum of objects");
  return `${value} === ${JSON.stringify(one)}`;
};

const isOf = (type: string, value: unknown): boolean =>
  type === "integer" ? Number.isInteger(value) : type === (value === null ? "null" : typeof value);
