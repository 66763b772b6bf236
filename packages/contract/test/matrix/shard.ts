import { type BehaviourSummary, listFaults } from "@callpark/sandbox/behaviours";
import { describe, expect, test } from "vitest";
import { readMatrix } from "./recorded.ts";
import { type Row, rowOf, wrongWith } from "./row.ts";
import { findingsOf, type Run, runAgainst } from "./run.ts";

const shards = 4;
const matrix = readMatrix();

/**
 * A fault of the settings meets every check. One of another operation meets first the checks alone that the matrix
 * names for it, which takes a tenth of the time; where that does not come to what the matrix says (a check may see it
 * only after another one's writes), it meets every check, too.
 */
const met = async (fault: BehaviourSummary): Promise<{ run: Run; row: Row }> => {
  const recorded = matrix[fault.id];
  if (!fault.operation.endsWith(" /call_park")) {
    const run = await runAgainst(fault, { faults: [fault.id] }, recorded?.checks);
    const row = rowOf(fault, run);
    if (row.restored === recorded?.restored && wrongWith(fault, row).length === 0) return { run, row };
  }
  const run = await runAgainst(fault, { faults: [fault.id] });
  return { run, row: rowOf(fault, run) };
};

/** Each file of tests has its own worker: so many run side by side. */
export const testFaults = (shard: number): void => {
  const mine = listFaults().filter((_, index) => index % shards === shard);
  describe.concurrent("a fault is caught, and everything is put back", () => {
    // A fault of so many seconds is another one where the machine is too busy to send much in that time.
    test.each(mine.map((fault) => [fault.id, fault] as const))("%s", { retry: 1 }, async (id, fault) => {
      const { run, row } = await met(fault);
      const said = run.refusal ?? findingsOf(run).map(({ check, finding }) => `${check}: ${finding.code}`);
      expect({ wrong: wrongWith(fault, row), said }).toEqual({ wrong: [], said });
      expect([id, row.restored]).toEqual([id, matrix[id]?.restored]);
    });
  });
};
