import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listFaults, listVariants } from "@callpark/sandbox/behaviours";
import { renderPage } from "./page.ts";
import { matrixFile, pageFile, readMatrix } from "./recorded.ts";
import { type Row, rowOf, wrongWith } from "./row.ts";
import { runAgainst } from "./run.ts";

// Runs keep journals: those of faults that cannot be undone have no business among the user's own.
const stateFolder = mkdtempSync(join(tmpdir(), "callpark-matrix-"));
process.env["XDG_STATE_HOME"] = stateFolder;

/** Runs against every fault and records what caught it: `npm run matrix`, or `npm run matrix -- ID…` for some of them. */
const named = process.argv.slice(2);
const all = listFaults();
const unknown = named.filter((id) => all.every((fault) => fault.id !== id));
if (unknown.length > 0) throw new Error(`There is no fault ${unknown.join(", ")}`);
const faults = named.length === 0 ? all : all.filter(({ id }) => named.includes(id));
const rows: Record<string, Row> = named.length === 0 ? {} : { ...readMatrix() };
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

const matrix = Object.fromEntries(all.flatMap(({ id }) => (rows[id] ? [[id, rows[id]]] : [])));
writeFileSync(matrixFile, `${JSON.stringify(matrix, undefined, 2)}\n`);
writeFileSync(pageFile, renderPage(matrix, all, listVariants()));

const wrong = faults.flatMap((fault) => {
  const row = rows[fault.id];
  const found = row ? wrongWith(fault, row) : ["it was not run"];
  return found.length > 0 ? [`${fault.id}: ${found.join(", ")}`] : [];
});
console.log(`${faults.length} faults, ${faults.length - wrong.length} caught and put back`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
