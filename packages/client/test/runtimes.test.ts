import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const smoke = fileURLToPath(new URL("runtimes/smoke.mjs", import.meta.url));

/** The machine's own Node, where it is an older one than that of the tests and one that the package is for. */
const older = async (): Promise<string[]> => {
  const { stdout } = await run("/usr/bin/node", ["--version"]).catch(() => ({ stdout: "" }));
  return /^v2[02]\./.test(stdout) ? ["/usr/bin/node"] : [];
};

test.each([process.execPath, ...(await older())])("the package as built keeps its promises under %s", async (node) => {
  const { stdout } = await run(node, [smoke]).catch((error: { stdout: string; message: string }) => ({
    stdout: `${error.stdout}\n${error.message}`,
  }));
  expect(stdout.split("\n").filter((line) => line !== "" && !line.startsWith("ok "))).toEqual(["all kept"]);
});
