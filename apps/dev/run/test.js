import { rmSync } from "node:fs";
import { join } from "node:path";
import { members } from "./members.js";
import { resultsFile } from "./results-file.js";
import { readResults, tally } from "./tally.js";
import { runTurbo } from "./turbo.js";

const parts = ["lint", "check", "build", "test", "unused"];

/** @param {string[]} options given on to turbo, such as `--filter=@callpark/client` */
export const run = async (options) => {
  // What this run neither writes nor takes from turbo's cache must not be counted.
  for (const folder of members()) rmSync(join(folder, resultsFile), { force: true });
  const { exitCode } = await runTurbo([...parts, "--continue=dependencies-successful", "--concurrency=2", ...options]);
  console.log(tally(readResults(members())).join("\n"));
  return exitCode;
};
