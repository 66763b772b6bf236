import { type BehaviourSummary, listFaults } from "@callpark/sandbox/behaviours";
import { describe, expect, test } from "vitest";
import { readMatrix } from "./recorded.ts";
import { type Row, rowOf, wrongWith } from "./row.ts";
import { findingsOf, type Run, runAgainst } from "./run.ts";

const shards = 4;
const matrix = readMatrix();

/** One fault in so many meets every check; a full run of `npm run matrix` has all of them do so. */
const wholeEvery = 8;

/**
 * A fault meets first the checks alone that the matrix names for it, which takes a fraction of the time. Where that does
 * not come to what the matrix says (a check may see it only after another one's writes), it meets every check, too.
 */
const met = async (fault: BehaviourSummary, isWhole: boolean): Promise<{ run: Run; row: Row }> => {
  const recorded = matrix[fault.id];
  if (!isWhole) {
    const run = await runAgainst(fault, { faults: [fault.id] }, recorded?.checks);
    const row = rowOf(fault, run);
    if (row.restored === recorded?.restored && wrongWith(fault, row).length === 0) return { run, row };
  }
  const run = await runAgainst(fault, { faults: [fault.id] });
  return { run, row: rowOf(fault, run) };
};

/** Each file of tests has its own worker: so many run side by side. */
export const testFaults = (shard: number): void => {
  const mine = listFaults()
    .map((fault, index) => ({ fault, index }))
    .filter(({ index }) => index % shards === shard);
  describe.concurrent("a fault is caught, and everything is put back", () => {
    // A fault of so many seconds is another one where the machine is too busy to send much in that time.
    test.each(mine.map((one) => [one.fault.id, one] as const))("%s", { retry: 1 }, async (id, { fault, index }) => {
      const { run, row } = await met(fault, index % wholeEvery === 0);
      const said = run.refusal ?? findingsOf(run).map(({ check, finding }) => `${check}: ${finding.code}`);
      expect({ wrong: wrongWith(fault, row), said }).toEqual({ wrong: [], said });
      expect([id, row.restored]).toEqual([id, matrix[id]?.restored]);
    });
  });
};
