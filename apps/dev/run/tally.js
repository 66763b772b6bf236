import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { resultsFile } from "./results-file.js";

/**
 * @typedef {{ passed: number, failed: string[], skipped: { name: string, reason: string }[] }} Results
 */

/**
 * What vitest wrote for each package, by the name of its folder.
 * @param {string[]} folders
 * @returns {Record<string, Results>}
 */
export const readResults = (folders) =>
  Object.fromEntries(
    folders
      .map((folder) => ({ name: basename(folder), file: join(folder, resultsFile) }))
      .filter(({ file }) => existsSync(file))
      .map(({ name, file }) => [name, JSON.parse(readFileSync(file, "utf8"))]),
  );

/**
 * The lines that `npm test` ends with: what failed, what was skipped and why, and the sum over all packages.
 * @param {Record<string, Results>} packages
 */
export const tally = (packages) => {
  const entries = Object.entries(packages);
  const failed = entries.flatMap(([name, results]) => results.failed.map((test) => `failed: ${name}: ${test}`));
  const skipped = entries.flatMap(([name, results]) =>
    results.skipped.map((test) => `skipped: ${name}: ${test.name} (${test.reason})`),
  );
  const passed = entries.reduce((sum, [, results]) => sum + results.passed, 0);
  return [...failed, ...skipped, `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`];
};
