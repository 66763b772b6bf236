/**
 * What the root scripts call: `node apps/dev/run.js <task> [options]`. Plain JavaScript without dependencies, since it
 * runs on the machine's own Node before anything is installed; what it starts runs on the Node that the install brings.
 */
import { Failure } from "./run/failure.js";

const tasks = ["start", "build", "test", "dev", "mock", "generate"];

const main = async () => {
  const [task = "", ...options] = process.argv.slice(2);
  if (!tasks.includes(task)) throw new Failure(`No task "${task}": it is one of ${tasks.join(", ")}.`, 2);
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < 20)
    throw new Failure(
      `This is Node ${process.versions.node}, and callpark wants 20 or newer: install one from nodejs.org.`,
      2,
    );
  const { install } = await import("./run/install.js");
  await install();
  const { run } = await import(`./run/${task}.js`);
  return run(options);
};

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
