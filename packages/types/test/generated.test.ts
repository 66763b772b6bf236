import { readFileSync } from "node:fs";
import openapi from "@callpark/spec";
import { expect, test } from "vitest";
import { generateTypes } from "../tools/generate-types.ts";

test("the committed types are those of the spec", async () => {
  const committed = readFileSync(new URL("../src/generated/openapi.ts", import.meta.url), "utf8");
  // Not `toBe`: the difference of two files of this size helps nobody.
  expect(committed === (await generateTypes(openapi)), "stale: run `npm run generate` and commit what it writes").toBe(
    true,
  );
});

test("they say where they come from", () => {
  const [first] = readFileSync(new URL("../src/generated/openapi.ts", import.meta.url), "utf8").split("\n");
  expect(first).toBe("// Made from spec/openapi.yaml. Do not edit: change the spec, then `npm run generate`.");
});
