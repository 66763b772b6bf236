import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listFaults, listVariants } from "@callpark/sandbox/behaviours";
import { renderPage } from "./page.ts";
import { matrixFile, pageFile } from "./recorded.ts";
import { type Row, rowOf, wrongWith } from "./row.ts";
import { runAgainst } from "./run.ts";

// Runs keep journals: those of faults that cannot be undone have no business among the user's own.
const stateFolder = mkdtempSync(join(tmpdir(), "callpark-matrix-"));
process.env["XDG_STATE_HOME"] = stateFolder;

/** Runs against every fault and records what caught it: `npm run matrix`. */
const faults = listFaults();
const rows: Record<string, Row> = {};
const atOnce = 8;
let next = 0;

const work = async (): Promise<void> => {
  for (let fault = faults[next]; fault; fault = faults[next]) {
    next += 1;
    rows[fault.id] = rowOf(fault, await runAgainst(fault, { faults: [fault.id] }));
  }
};
await Promise.all(Array.from({ length: atOnce }, work));
rmSync(stateFolder, { recursive: true });

const matrix = Object.fromEntries(faults.flatMap(({ id }) => (rows[id] ? [[id, rows[id]]] : [])));
writeFileSync(matrixFile, `${JSON.stringify(matrix, undefined, 2)}\n`);
writeFileSync(pageFile, renderPage(matrix, faults, listVariants()));

const wrong = faults.flatMap((fault) => {
  const row = rows[fault.id];
  const found = row ? wrongWith(fault, row) : ["it was not run"];
  return found.length > 0 ? [`${fault.id}: ${found.join(", ")}`] : [];
});
console.log(`${faults.length} faults, ${faults.length - wrong.length} caught and put back`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
