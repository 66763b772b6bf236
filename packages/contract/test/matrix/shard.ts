import { listFaults } from "@callpark/sandbox/behaviours";
import { describe, expect, test } from "vitest";
import { readMatrix } from "./recorded.ts";
import { rowOf, wrongWith } from "./row.ts";
import { findingsOf, runAgainst } from "./run.ts";

const shards = 4;

/** Each file of tests has its own worker: so many run side by side. */
export const testFaults = (shard: number): void => {
  const matrix = readMatrix();
  const mine = listFaults().filter((_, index) => index % shards === shard);
  describe.concurrent("a fault is caught, and everything is put back", () => {
    // A fault of so many seconds is another one where the machine is too busy to send much in that time.
    test.each(mine.map((fault) => [fault.id, fault] as const))("%s", { retry: 1 }, async (id, fault) => {
      const run = await runAgainst(fault, { faults: [id] });
      const row = rowOf(fault, run);
      const said = run.refusal ?? findingsOf(run).map(({ check, finding }) => `${check}: ${finding.code}`);
      expect({ wrong: wrongWith(fault, row), said }).toEqual({ wrong: [], said });
      expect([id, row.restored]).toEqual([id, matrix[id]?.restored]);
    });
  });
};
