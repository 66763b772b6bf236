import { UsageError } from "./errors.ts";
import type { RunOptions } from "./options/run.ts";

/** @throws UsageError where no check is called so, before anything is begun. */
export const refuseUnknown = async ({ only = [] }: Pick<RunOptions, "only">): Promise<void> => {
  if (only.length === 0) return;
  const contract = await import("@callpark/contract");
  const isUnknown = (name: string): boolean => {
    try {
      contract.listChecks([name]);
      return false;
    } catch {
      return true;
    }
  };
  const unknown = only.filter(isUnknown);
  if (unknown.length > 0)
    throw new UsageError(`--only: no check is called ${unknown.join(" or ")}: callpark verify --list names them all`);
};

/** The checks that a run would make, one a line, or as JSON. */
export const listChecks = async ({ json, only }: Pick<RunOptions, "json" | "only">): Promise<string> => {
  const contract = await import("@callpark/contract");
  const checks = contract.listChecks(only).map(({ id, operation, title, level }) => ({ id, operation, title, level }));
  if (json) return `${JSON.stringify(checks, null, 2)}\n`;
  const width = (cell: (check: (typeof checks)[number]) => string): number =>
    Math.max(0, ...checks.map((check) => cell(check).length));
  const ids = width(({ id }) => id);
  const operations = width(({ operation }) => operation);
  return checks
    .map(
      ({ id, operation, title, level }) => `${id.padEnd(ids)}  ${level}  ${operation.padEnd(operations)}  ${title}\n`,
    )
    .join("");
};
