import type { CheckSummary } from "@callpark/contract";
import type { Row } from "./row.ts";

/** Checks that are never the only one to catch a fault, and why they are there all the same. */
const explained: Readonly<Record<string, string>> = {};

/** The checks without which every fault would be caught all the same. */
export const unneeded = (checks: readonly CheckSummary[], matrix: Readonly<Record<string, Row>>): string[] => {
  const sole = new Set(Object.values(matrix).flatMap((row) => (row.checks.length === 1 ? row.checks : [])));
  return checks.map(({ id }) => id).filter((id) => !sole.has(id) && !(id in explained));
};
