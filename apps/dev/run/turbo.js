import { child } from "./child.js";
import { Failure } from "./failure.js";
import { node, turbo } from "./places.js";
import { step } from "./step.js";

/**
 * @param {string[]} options
 * @param {{ quiet?: boolean }} [how]
 */
export const runTurbo = (options, how = {}) =>
  child(node, [turbo, "run", ...options, "--output-logs=errors-only", "--log-order=grouped"], how);

/**
 * Builds packages with what they need, in silence unless it fails.
 * @param {...string} filters names of packages; all without one
 */
export const build = (...filters) =>
  step("Building", async () => {
    const { exitCode, output } = await runTurbo(["build", ...filters.map((filter) => `--filter=${filter}`)], {
      quiet: true,
    });
    if (exitCode !== 0) throw new Failure(`\n${output.trim()}\n\nThe build failed: see above.`, exitCode);
  });
