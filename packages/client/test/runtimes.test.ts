import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const smoke = fileURLToPath(new URL("runtimes/smoke.mjs", import.meta.url));

/** What a program says to `--version`, undefined where it is not there. */
const versionOf = async (program: string): Promise<string | undefined> =>
  run(program, ["--version"]).then(
    ({ stdout }) => stdout,
    () => undefined,
  );

const broken = async (program: string, options: string[]): Promise<string[]> => {
  const { stdout } = await run(program, [...options, smoke]).catch((error: { stdout: string; message: string }) => ({
    stdout: `${error.stdout}\n${error.message}`,
  }));
  return stdout.split("\n").filter((line) => line !== "" && !line.startsWith("ok "));
};

/** The machine's own Node, where it is an older one than that of the tests and one that the package is for. */
const older = /^v2[02]\./.test((await versionOf("/usr/bin/node")) ?? "") ? ["/usr/bin/node"] : [];

test.each([process.execPath, ...older])("the package as built keeps its promises under %s", async (node) => {
  expect(await broken(node, [])).toEqual(["all kept"]);
});

test.for<[string, string[]]>([
  ["bun", []],
  ["deno", ["run", "--allow-all"]],
])("the package as built keeps its promises under %s", async ([program, options], { skip }) => {
  const version = await versionOf(program);
  skip(version === undefined, `there is no ${program} here: CI has one, and so would npm install --global ${program}`);
  expect(await broken(program, options)).toEqual(["all kept"]);
});
