import { expect, test } from "vitest";
import { allowEveryLine, compareVersions, keepVersionLine } from "../tools/version-line.js";

const field = (mark = {}) => ({ type: "string", ...mark });
const added = { "x-version-added": "22.6" };
const removed = { "x-version-removed": "22.2" };

const ok = (content = {}) => ({ responses: { 200: { description: "OK", content } } });
const make = (parts: object) => ({ openapi: "3.1.1", info: { title: "T", version: "1" }, paths: {}, ...parts });
const cut = (parts: object, line: string) => {
  // biome-ignore lint/suspicious/noExplicitAny: a document is plain data.
  const document: any = structuredClone(make(parts));
  keepVersionLine(document, line);
  return document;
};

test.each([
  ["22.9", "22.10", -1],
  ["22.10", "22.2", 1],
  ["22.6", "22.6", 0],
  ["9.9", "22.0", -1],
])("%s is compared with %s by parts", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

test("in the document of every line no field that came or went is required", () => {
  const schema = { type: "object", required: ["a", "b", "c"], properties: { a: field(), b: field(added), c: {} } };
  schema.properties.c = { $ref: "#/components/schemas/C" };
  const document = make({ components: { schemas: { A: schema, C: field(removed) } } });
  allowEveryLine(document);
  expect(schema.required).toEqual(["a"]);
  expect(Object.keys(schema.properties)).toEqual(["a", "b", "c"]);
});

test("the version is that of the line", () => {
  expect(cut({}, "22.2").info.version).toBe("22.2.0");
});

test("a field leaves properties and required before its version, and stays from it on", () => {
  const components = {
    schemas: { A: { type: "object", required: ["a", "b"], properties: { a: field(), b: field(added) } } },
  };
  expect(cut({ components }, "22.2").components.schemas.A).toEqual({
    type: "object",
    required: ["a"],
    properties: { a: field() },
  });
  expect(cut({ components }, "22.6").components).toEqual(components);
  expect(cut({ components }, "22.10").components).toEqual(components);
});

test("a field that was removed leaves from its version on", () => {
  const components = { schemas: { A: { type: "object", properties: { a: field(), b: field(removed) } } } };
  expect(Object.keys(cut({ components }, "22.0").components.schemas.A.properties)).toEqual(["a", "b"]);
  expect(Object.keys(cut({ components }, "22.2").components.schemas.A.properties)).toEqual(["a"]);
});

test.each([
  ["beside the reference", { $ref: "#/components/schemas/B", ...added }, field()],
  ["where the reference points", { $ref: "#/components/schemas/B" }, field(added)],
])("a mark counts %s", (_, b, B) => {
  const schemas = { A: { type: "object", properties: { a: field(), b } }, B };
  expect(cut({ components: { schemas } }, "22.0").components.schemas.A.properties).toEqual({ a: field() });
});

test("examples lose the field, in arrays and unions too", () => {
  const schema = { $ref: "#/components/schemas/List" };
  const components = {
    schemas: {
      List: { type: "object", properties: { items: { type: "array", items: { $ref: "#/components/schemas/A" } } } },
      A: {
        type: "object",
        properties: { a: field() },
        oneOf: [{ type: "object", properties: { b: field(added) } }, { allOf: [{ properties: { c: field(added) } }] }],
      },
    },
    examples: {
      Two: {
        value: {
          items: [
            { a: "1", b: "2" },
            { a: "3", c: "4", other: true },
          ],
        },
      },
    },
  };
  const examples = { two: { $ref: "#/components/examples/Two" } };
  const paths = { "/a": { get: ok({ "application/json": { schema, examples } }) } };
  expect(cut({ paths, components }, "22.2").components.examples.Two.value).toEqual({
    items: [{ a: "1" }, { a: "3", other: true }],
  });
  expect(cut({ paths, components }, "22.6").components.examples).toEqual(components.examples);
});

test("the example in a schema loses the field", () => {
  const A = { type: "object", properties: { b: field(added) }, example: { b: "1", other: 1 } };
  expect(cut({ components: { schemas: { A } } }, "22.2").components.schemas.A.example).toEqual({ other: 1 });
});

test("an operation leaves with its mark, and a path without operations goes", () => {
  const paths = {
    "/new": { get: { ...ok(), ...added } },
    "/old": { post: { ...ok(), ...removed } },
    "/both": { get: ok(), post: { ...ok(), ...added } },
  };
  expect(cut({ paths }, "22.0").paths).toEqual({ "/old": paths["/old"], "/both": { get: ok() } });
  expect(cut({ paths }, "22.2").paths).toEqual({ "/both": { get: ok() } });
  expect(cut({ paths }, "22.6").paths).toEqual({ "/new": paths["/new"], "/both": paths["/both"] });
});

test("a parameter leaves with its mark, from an operation and from a path", () => {
  const q = { name: "q", in: "query", schema: field() };
  const paths = {
    "/a": {
      parameters: [{ ...q, ...added }, q],
      get: { ...ok(), parameters: [{ $ref: "#/components/parameters/Q" }] },
    },
  };
  const components = { parameters: { Q: { ...q, ...added } } };
  const item = cut({ paths, components }, "22.2").paths["/a"];
  expect(item.parameters).toEqual([q]);
  expect(item.get.parameters).toEqual([]);
});
