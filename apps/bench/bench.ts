/** `node bench.ts [--rounds 25] [figure ...]`: measures all figures, or those named, and prints a table of each. */
import { parseArgs } from "node:util";
import { callCost } from "./call-cost.ts";
import { fleet } from "./fleet.ts";
import { loopback } from "./loopback.ts";
import { sizes } from "./sizes.ts";
import { type Figure, table } from "./table.ts";
import { validation } from "./validation.ts";
import { verifyRuns } from "./verify.ts";

const figures: Record<string, (rounds: number) => Promise<Figure[]>> = {
  "call-cost": callCost,
  loopback,
  sizes,
  validation,
  verify: verifyRuns,
  fleet,
};

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "25" } },
  allowPositionals: true,
});
const chosen = positionals.length > 0 ? positionals : Object.keys(figures);
for (const name of chosen) {
  const measure = figures[name];
  if (measure === undefined) throw new Error(`No figure "${name}": it is one of ${Object.keys(figures).join(", ")}`);
  for (const figure of await measure(Number(values.rounds))) console.log(`${table(figure)}\n`);
}
