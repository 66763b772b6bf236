import { expect, test } from "vitest";
import { lintImports } from "./support/lint-imports.ts";

const backwards = [
  ["spec/tools", "@callpark/types"],
  ["packages/types/src", "@callpark/validators"],
  ["packages/types/src", "@callpark/client"],
  ["packages/validators/src", "@callpark/client"],
  ["packages/client/src", "@callpark/sandbox"],
  ["packages/client/src", "@callpark/contract/reporters"],
  ["packages/client/test", "@callpark/mock"],
  ["packages/sandbox/src", "@callpark/mock"],
  ["packages/sandbox/src", "@callpark/contract"],
  ["packages/mock/src", "@callpark/sandbox"],
  ["packages/contract/src", "@callpark/sandbox"],
  ["packages/contract/src/checks", "callpark"],
  ["packages/contract/test", "callpark"],
  ["apps/cli/src", "@callpark/docs/serve"],
  ["apps/docs/src", "callpark"],
] as const;

const forwards = [
  ["packages/types/tools", "@callpark/spec/22.0"],
  ["packages/validators/src", "@callpark/types"],
  ["packages/client/src", "@callpark/validators"],
  ["packages/sandbox/test", "@callpark/client/node"],
  ["packages/contract/test", "@callpark/sandbox"],
  ["packages/contract/test/deep", "../../src/finding.ts"],
  ["apps/cli/src", "@callpark/contract/reporters"],
  ["apps/cli/src", "@callpark/sandbox"],
  ["apps/dev/src", "@callpark/docs/serve"],
] as const;

const deep = [
  ["packages/client/src/node", "../../../types/src/index.ts"],
  ["packages/contract/src", "../../client/dist/index.js"],
  ["packages/validators/tools", "../../../spec/tools/locations.ts"],
  ["apps/cli/src", "@callpark/contract/src/finding.ts"],
] as const;

const verdicts = lintImports([...backwards, ...forwards, ...deep]);
const cases = [...backwards, ...forwards, ...deep].map(([folder, imported], index) => ({ folder, imported, index }));

test.each(cases.slice(0, backwards.length))("$folder may not import $imported", ({ index }) => {
  expect(verdicts[index]).toBe("against the direction");
});

test.each(cases.slice(backwards.length, -deep.length))("$folder may import $imported", ({ index }) => {
  expect(verdicts[index]).toBe("allowed");
});

test.each(cases.slice(-deep.length))("$folder may not reach into another package by $imported", ({ index }) => {
  expect(verdicts[index]).toBe("past another package's exports");
});
