import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { openSchema, type Schema } from "../../src/fleet/config/schema.ts";

// What the reader understands. A keyword beyond these would hold in an editor only.
const UNDERSTOOD = new Set([
  "$ref",
  "type",
  "enum",
  "required",
  "oneOf",
  "properties",
  "additionalProperties",
  "minProperties",
  "maxProperties",
  "items",
  "minItems",
  "minLength",
  "minimum",
  "pattern",
  "writeOnly",
  "errorMessage",
  "patternErrorMessage",
  "description",
]);

it("has no keyword that the command does not hold to", async () => {
  const file = JSON.parse(await readFile(new URL("../../callpark.schema.json", import.meta.url), "utf8"));
  const { $schema, title, definitions, ...root } = file as Record<string, Schema>;
  const walk = (schema: Schema): string[] => [
    ...Object.keys(schema).filter((keyword) => !UNDERSTOOD.has(keyword)),
    ...[...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties || undefined].flatMap(
      (one) => (one ? walk(one) : []),
    ),
  ];
  expect([$schema, title]).toStrictEqual(["http://json-schema.org/draft-07/schema#", "callpark.yaml"]);
  expect([root as Schema, ...Object.values(definitions ?? {})].flatMap((one) => walk(one as Schema))).toStrictEqual([]);
});

it("follows every reference to a definition", () => {
  const { follow } = openSchema();
  expect(follow({ $ref: "#/definitions/secret" }).writeOnly).toBe(true);
});
