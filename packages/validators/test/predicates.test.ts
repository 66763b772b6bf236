import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { isDigits } from "../src/predicates.ts";
import { predicates } from "../tools/predicates.ts";
import type { Schema } from "../tools/schema.ts";
import { plainAjv } from "./plain-ajv.ts";
import { createValues } from "./values.ts";

const folder = mkdtempSync(join(tmpdir(), "callpark predicates "));
afterAll(() => rmSync(folder, { recursive: true }));
const runtime = new URL("../src/predicates.ts", import.meta.url).href;

test("a predicate is one expression, as a person would write it", () => {
  const schemas: Record<string, Schema> = {
    Name: { type: "string", minLength: 1, maxLength: 64, description: "A name." },
    Group: {
      type: "object",
      required: ["name", "detail"],
      properties: { name: { $ref: "#/components/schemas/Name" }, time: { type: ["integer", "null"], minimum: 60 } },
    },
    Groups: { type: "array", minItems: 1, items: { $ref: "#/components/schemas/Group" } },
  };
  expect(
    predicates(schemas, "./predicates.js"),
  ).toBe(`import { every, fits, isDigits, isRecord } from "./predicates.js";
export const isName = (value) =>
  typeof value === "string" &&
  value !== "" &&
  fits(value, 64);
export const isGroup = (value) =>
  isRecord(value) &&
  typeof value.name === "string" &&
  value.name !== "" &&
  fits(value.name, 64) &&
  (value.time === undefined || (Number.isInteger(value.time) && value.time >= 60 || value.time === null)) &&
  value.detail !== undefined;
export const isGroups = (value) =>
  Array.isArray(value) &&
  value.length >= 1 &&
  every(value, isGroup);
`);
});

test.each<[Schema, string]>([
  [{ type: "integer", multipleOf: 5 }, 'multipleOf in {"type":"integer","multipleOf":5}'],
  [{ minimum: 5 }, 'minimum in {"minimum":5}'],
  [{ type: "boolean", minLength: 1 }, 'minLength in {"type":"boolean","minLength":1}'],
  [{ enum: ["a"], pattern: "a" }, 'pattern in {"enum":["a"],"pattern":"a"}'],
  [{ type: "object", properties: { deep: { type: "string", format: "uri" } } }, "the format uri"],
  [{ type: "integer", format: "double" }, "the format double"],
  [{ type: "string", minLength: 2 }, "minLength 2"],
  [{ type: "number" }, "the type number"],
  [{ enum: [{}] }, "an enum of objects"],
])("a rule that no predicate would hold is refused: %j", (schema, what) => {
  expect(() => predicates({ Any: schema }, "./predicates.js")).toThrow(`No predicate is known for ${what}`);
});

test.each([
  ["12", true],
  ["123", true],
  ["0909", true],
  ["", false],
  ["1", false],
  ["12345", false],
  ["12a", false],
  ["/12", false],
  ["12:", false],
  ["12\n", false],
  ["١٢٣", false],
  ["１２", false],
])("two to four digits: %j is %j, as the pattern says", (text, is) => {
  expect(isDigits(text, 2, 4)).toBe(is);
  expect(/^[0-9]{2,4}$/u.test(text)).toBe(is);
});

const names = fc.constantFrom("kind", "name", "a-b", "constructor");
const scalar: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>({}, { type: "boolean" }, { type: "null" }, { type: "string" }, { type: ["string", "null"] }),
  fc.constantFrom<Schema>({ const: 1 }, { enum: ["a", null, 2] }, { type: "string", enum: ["a", "b", 3] }),
  fc.constantFrom<Schema>(
    { type: ["integer", "string"], minimum: 5, maxLength: 3 },
    { type: "integer", format: "int32" },
  ),
  fc.record({
    type: fc.constant("integer"),
    minimum: fc.integer({ min: -9, max: 9 }),
    maximum: fc.integer({ min: 9, max: 99 }),
  }),
  fc.record({ type: fc.constant("string"), minLength: fc.constant(1), maxLength: fc.integer({ min: 1, max: 9 }) }),
  fc.constantFrom<Schema>({ type: "string", pattern: "^[a-c]+/?$" }, { type: ["string", "null"], pattern: "b" }),
  fc.constantFrom<Schema>({ type: "string", pattern: "^[0-9]{1,3}$" }, { type: "string", pattern: "^[0-9]{2,2}$" }),
);
const { schema: anySchema } = fc.letrec<{ schema: Schema; object: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.record({ type: fc.constant("array"), minItems: fc.nat(2), items: tie("schema") }),
    tie("object"),
    fc.array(tie("object"), { minLength: 1, maxLength: 3 }).map((oneOf): Schema => ({ type: "object", oneOf })),
    fc.array(tie("object"), { minLength: 1, maxLength: 2 }).map((allOf): Schema => ({ allOf })),
  ),
  object: fc.record({
    type: fc.constant("object"),
    required: fc.uniqueArray(names, { maxLength: 2 }),
    properties: fc.dictionary(names, tie("schema"), { maxKeys: 3, noNullPrototype: true }),
  }),
}));

test("a predicate says of every value what ajv says, whatever the schema", async () => {
  let modules = 0;
  await fc.assert(
    fc.asyncProperty(
      anySchema.chain((schema) => fc.tuple(fc.constant(schema), fc.array(createValues({})(schema), { minLength: 20 }))),
      async ([schema, values]) => {
        modules += 1;
        const file = join(folder, `${modules}.mjs`);
        writeFileSync(file, predicates({ Any: schema }, runtime));
        const { isAny } = await import(/* @vite-ignore */ file);
        const plain = plainAjv({ Any: schema })("Any");
        expect(values.map(isAny)).toEqual(values.map((value) => plain(value)));
      },
    ),
    { numRuns: 100 },
  );
});
