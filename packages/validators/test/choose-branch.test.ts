/** The validators say of every value what plain ajv says of the schema as it was written. */
import openapi from "@callpark/spec";
import openapi220 from "@callpark/spec/22.0";
import openapi222 from "@callpark/spec/22.2";
import openapi226 from "@callpark/spec/22.6";
import * as every from "@callpark/validators";
import * as line220 from "@callpark/validators/22.0";
import * as line222 from "@callpark/validators/22.2";
import * as line226 from "@callpark/validators/22.6";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { chooseBranches } from "../tools/choose-branch.ts";
import type { Schema } from "../tools/schema.ts";
import { makeValues } from "./values.ts";

type Is = (value: unknown) => boolean;

const lines: [string, typeof openapi, object][] = [
  ["every line", openapi, every],
  ["22.0", openapi220, line220],
  ["22.2", openapi222, line222],
  ["22.6", openapi226, line226],
];

describe.each(lines)("the validators of %s", (_, document, validators) => {
  const schemas = document.components["schemas"] as Record<string, Schema>;
  const ajv = new Ajv2020({ strict: false, formats: { password: true } });
  formats.default(ajv);
  ajv.addSchema({ $id: "document", components: { schemas } });
  const hasUnion = (name: string, seen: string[] = []): boolean => {
    const text = JSON.stringify(schemas[name]);
    const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, to]) => to as string);
    return text.includes('"oneOf"') || named.some((to) => !seen.includes(to) && hasUnion(to, [...seen, to]));
  };

  test.each(Object.keys(schemas))("agree about %s with the schema as it was written", (name) => {
    const plain = ajv.getSchema(`document#/components/schemas/${name}`) as unknown as Is;
    const ours = (validators as Record<string, Is>)[`is${name}`] as Is;
    const values = makeValues(schemas, name, hasUnion(name) ? 3000 : 200);
    const accepted = values.filter((value) => plain(value));
    expect(values.filter((value) => ours(value) !== plain(value))).toEqual([]);
    // Of a union enough is made that holds, and enough that does not.
    if (hasUnion(name)) {
      expect(accepted.length).toBeGreaterThan(300);
      expect(values.length - accepted.length).toBeGreaterThan(300);
    }
  });
});

const branch = (values: string[], rest: Schema = {}): Schema => ({
  type: "object",
  properties: { kind: { enum: values } },
  required: ["kind"],
  ...rest,
});

test.each<[string, Schema[]]>([
  ["two branches may lack the property", [branch(["a"], { required: [] }), branch(["b"], { required: [] })]],
  ["two branches share a value", [branch(["a", "b"]), branch(["b"])]],
  ["a branch is no object", [branch(["a"]), branch(["b"], { type: "array" })]],
  ["a branch takes any type", [branch(["a"]), { properties: { kind: { enum: ["b"] } }, required: ["kind"] }]],
  ["a branch has no values for it", [branch(["a"]), branch(["b"], { properties: {} })]],
])("a union stays as it is where %s", (_, oneOf) => {
  expect(chooseBranches({ oneOf }, (schema) => schema)).toEqual({ oneOf });
});
