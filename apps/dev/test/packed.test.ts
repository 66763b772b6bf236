import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, expect, test } from "vitest";
import { output } from "./support/run.ts";
import { packAll, readPacked } from "./support/tarballs.ts";

const attw = fileURLToPath(new URL("../node_modules/@arethetypeswrong/cli/dist/index.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "callpark packed "));
afterAll(() => rmSync(folder, { recursive: true }));
const tarballs = await packAll(folder);

test("packs every published package", () => {
  expect(tarballs.map(({ name }) => name).sort()).toEqual([
    "@callpark/client",
    "@callpark/contract",
    "@callpark/mock",
    "@callpark/sandbox",
    "@callpark/spec",
    "@callpark/types",
    "@callpark/validators",
    "callpark",
  ]);
});

test.each(tarballs)(
  "$name holds what was built, with its licence and its README, and nothing else",
  ({ name, files }) => {
    const more: Record<string, string[]> = {
      "@callpark/contract": ["report.schema.json"],
      "@callpark/spec": ["DIVERGENCES.md"],
      callpark: ["bin/callpark.js", "callpark.schema.json"],
    };
    expect(files.filter((file) => !file.startsWith("dist/")).sort()).toEqual(
      [...(more[name] ?? []), "LICENSE", "README.md", "package.json"].sort(),
    );
    expect(files.filter((file) => /\.tsbuildinfo$|(^|\/)test\/|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  },
);

test.each(tarballs)("$name names versions that npm knows for all that it depends on", async (tarball) => {
  const { dependencies = {} } = JSON.parse(await readPacked(tarball, "package.json"));
  expect(Object.values(dependencies).filter((range) => !/^[\^~]?\d+\.\d+\.\d+$/.test(String(range)))).toEqual([]);
});

test.each(tarballs)("publint finds nothing in $name", async ({ path }) => {
  const { messages, pkg } = await publint({
    pack: { tarball: new Uint8Array(readFileSync(path)).buffer },
    strict: true,
  });
  expect(messages.map((message) => formatMessage(message, pkg ?? {}, { color: false }))).toEqual([]);
});

test.each(tarballs)("the types of $name are found from every import that it offers", async ({ name, path, folder }) => {
  const options = ["--profile", "esm-only", "--format", "ascii", "--no-emoji", "--no-color"];
  // Ends with an error where there is a problem.
  expect(await output(process.execPath, [attw, path, ...options], { cwd: folder })).toContain(`"${name}/package.json"`);
});
