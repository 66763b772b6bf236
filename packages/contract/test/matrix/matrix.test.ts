import { readFileSync } from "node:fs";
import { listChecks } from "@callpark/contract";
import { listFaults, listVariants } from "@callpark/sandbox/behaviours";
import { expect, test } from "vitest";
import { renderPage } from "./page.ts";
import { pageFile, readMatrix } from "./recorded.ts";
import { wrongWith } from "./row.ts";
import { explained, unneeded } from "./unneeded.ts";

const matrix = readMatrix();

test("the matrix holds every fault of the sandbox and no other, each caught and put back", () => {
  expect(Object.keys(matrix)).toEqual(listFaults().map(({ id }) => id));
  for (const fault of listFaults()) {
    const row = matrix[fault.id];
    expect([fault.id, row && wrongWith(fault, row)]).toEqual([fault.id, []]);
  }
});

test("there are faults of every operation, and enough of them and of variants", () => {
  expect(listFaults().length).toBeGreaterThanOrEqual(120);
  expect(listVariants().length).toBeGreaterThanOrEqual(24);
});

test("the page is what npm run matrix makes of it", () => {
  expect(readFileSync(pageFile, "utf8")).toBe(renderPage(matrix, listFaults(), listVariants()));
});

test("every check is needed: without it a fault would get through", () => {
  expect(unneeded(listChecks(), matrix)).toEqual([]);
});

test("every check that is explained is there", () => {
  const known = new Set(listChecks().map(({ id }) => id));
  expect(Object.keys(explained).filter((id) => !known.has(id))).toEqual([]);
});

test("every check that catches something is one of the registry", () => {
  const known = new Set(listChecks().map(({ id }) => id));
  expect(Object.values(matrix).flatMap(({ checks }) => checks.filter((id) => !known.has(id)))).toEqual([]);
});
