import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { Problem } from "./problem.ts";
import { openSchema, type Schema } from "./schema.ts";

/** What the file says, as plain data, and where each part of it stands: `targets/0/name` → an offset. */
export interface Reading {
  value: unknown;
  places: Map<string, number>;
  problems: Problem[];
}

const WORDS = { object: "a list of keys and values", array: "a list", string: "a text", integer: "a whole number" };

const listed = (names: readonly string[]): string => names.join(", ");

/** Reads a document by the file's schema. */
export const readBySchema = (document: Document): Reading => {
  const { root, follow } = openSchema();
  const places = new Map<string, number>();
  const problems: Problem[] = [];
  const places0 = (node: Node | null): number => node?.range?.[0] ?? 0;

  const read = (given: unknown, schema: Schema, path: string, name: string, at: number): unknown => {
    const node = isAlias(given) ? given.resolve(document) : (given as Node | null);
    places.set(path, at);
    const wrong = (message: string): undefined => void problems.push({ at, message: `${name} ${message}` });
    if (isAlias(given) && node === undefined) return wrong("refers to an anchor that does not stand before it");
    if (schema.enum) return readEnum(node, schema.enum, wrong);
    const { type = "object" } = schema;
    const isRight =
      type === "object" ? isMap(node) : type === "array" ? isSeq(node) : isScalar(node) && isOf(type, node.value);
    if (!isRight || !node) return wrong(schema.errorMessage ?? mismatch(type, node));
    if (isMap(node)) return readMap(node, schema, path, name, at);
    if (isSeq(node)) return readList(node, schema, path, name, at);
    return readScalar((node as { value?: unknown }).value, schema, wrong);
  };

  const readMap = (map: YAMLMap, schema: Schema, path: string, name: string, at: number): unknown => {
    const { properties = {}, additionalProperties, required = [], oneOf, writeOnly = false } = schema;
    const value: Record<string, unknown> = {};
    for (const { key, value: own } of map.items) {
      const known = isScalar(key) ? String(key.value) : "";
      const place = places0(key as Node);
      const property = Object.hasOwn(properties, known) ? properties[known] : additionalProperties;
      if (property) {
        const valueAt = (own as Node | null)?.range?.[0] ?? place;
        value[known] = read(
          own,
          follow(property),
          `${path}/${known}`,
          writeOnly ? `${name}: ${known}` : known,
          valueAt,
        );
      } else {
        const told = writeOnly ? `${name} has a key that it does not know` : `unknown key ${JSON.stringify(known)}`;
        problems.push({ at: place, message: `${told}: it takes ${listed(Object.keys(properties))}` });
      }
    }
    const has = (key: string): boolean => Object.hasOwn(value, key);
    for (const key of required) if (!has(key)) problems.push({ at, message: `${name} lacks ${key}` });
    const choices = oneOf?.flatMap((one) => one.required) ?? exactlyOne(schema);
    if (choices.length > 0 && choices.filter(has).length !== 1)
      problems.push({ at, message: `${name} must have ${choices.join(" or ")}, and one of them only` });
    return value;
  };

  const readList = (list: YAMLSeq, schema: Schema, path: string, name: string, at: number): unknown => {
    const { items = {}, minItems = 0 } = schema;
    if (list.items.length < minItems) problems.push({ at, message: `${name} is empty: it needs an entry at least` });
    return list.items.map((item, index) => {
      const entry = `${name}[${index}]`;
      return read(item, follow(items), `${path}/${index}`, entry, (item as Node | null)?.range?.[0] ?? at);
    });
  };

  const value = read(document.contents, root, "", "the file", places0(document.contents));
  return { value, places, problems };
};

const exactlyOne = ({ minProperties, maxProperties, properties = {} }: Schema): string[] =>
  minProperties === 1 && maxProperties === 1 ? Object.keys(properties) : [];

const isOf = (type: "string" | "integer", value: unknown): boolean =>
  type === "string" ? typeof value === "string" : Number.isInteger(value);

const mismatch = (type: keyof typeof WORDS, node: Node | null | undefined): string => {
  const isNumber = isScalar(node) && node.value !== null && typeof node.value !== "object";
  return `must be ${WORDS[type]}${type === "string" && isNumber ? ": put it into quotes" : ""}`;
};

// `22.0` without quotes is the number 22 to YAML: what counts is how it is written.
const readEnum = (
  node: Node | null | undefined,
  values: readonly (string | number)[],
  wrong: (message: string) => undefined,
): string | undefined => {
  const texts = values.filter((value) => typeof value === "string");
  const text = isScalar(node) ? (typeof node.value === "string" ? node.value : node.source) : undefined;
  return texts.find((one) => one === text) ?? wrong(`must be one of ${listed(texts)}`);
};

const readScalar = (value: unknown, schema: Schema, wrong: (message: string) => undefined): unknown => {
  const { pattern, patternErrorMessage, minLength = 0, minimum } = schema;
  if (typeof value === "string" && value.length < minLength) return wrong("is empty");
  if (typeof value === "string" && pattern !== undefined && !new RegExp(pattern).test(value))
    return wrong(patternErrorMessage ?? "is not as it must be");
  if (typeof value === "number" && minimum !== undefined && value < minimum) return wrong(`must be ${minimum} or more`);
  return value;
};
