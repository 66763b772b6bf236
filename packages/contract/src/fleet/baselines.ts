import type { BaselineEntry, BaselineResult } from "../report.ts";

/** What each baseline did to all these reports: an entry is stale only where none of them has it. */
export const mergedBaselines = (results: readonly BaselineResult[]): BaselineResult[] =>
  [...new Set(results.map(({ file }) => file))].map((file) => {
    const own = results.filter((one) => one.file === file);
    const unchosen = Math.min(...own.map((one) => one.unchosen ?? 0));
    return {
      file,
      known: own.reduce((sum, { known }) => sum + known, 0),
      expired: distinct(own.flatMap(({ expired }) => expired)),
      stale: distinct(own.flatMap(({ stale }) => stale)).filter((entry) =>
        own.every(({ stale }) => stale.some(({ line }) => line === entry.line)),
      ),
      ...(unchosen > 0 && { unchosen }),
    };
  });

/** An entry is known by its line. */
const distinct = (entries: readonly BaselineEntry[]): BaselineEntry[] =>
  [...new Map(entries.map((entry) => [entry.line, entry])).values()].sort((one, other) => one.line - other.line);
