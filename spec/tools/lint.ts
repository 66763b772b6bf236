/** Lints the sources and what is built from them, for people to read. test/lint.test.ts holds the same. */
import { redocly } from "./redocly.ts";

const run = await redocly(["lint", "source", "22.0", "22.2", "22.6"]);
process.stdout.write(run.stdout);
process.stderr.write(run.stderr);
if (!run.ok) process.exitCode = 1;
