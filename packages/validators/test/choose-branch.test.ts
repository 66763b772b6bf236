import { expect, test } from "vitest";
import { chooseBranches } from "../tools/choose-branch.ts";
import type { Schema } from "../tools/schema.ts";

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
