import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** What the repository's linter says of one import: which of its two rules refuses it, if any. */
export type Verdict = "allowed" | "against the direction" | "past another package's exports";

/** Lints an import in each of the folders, laid out in a temporary folder under the repository's own configuration. */
export const lintImports = (cases: readonly (readonly [folder: string, imported: string])[]): Verdict[] => {
  const folder = mkdtempSync(join(tmpdir(), "callpark imports "));
  try {
    const { overrides } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ overrides }));
    for (const [index, [place, imported]] of cases.entries()) {
      mkdirSync(join(folder, place), { recursive: true });
      writeFileSync(join(folder, place, `case-${index}.ts`), `import "${imported}";\n`);
    }
    return verdicts(folder, cases.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

interface Diagnostic {
  location: { path: string };
  message: string;
}

const verdicts = (folder: string, count: number): Verdict[] => {
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  const options = ["lint", "--only=style/noRestrictedImports", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: folder, encoding: "utf8" });
  const found: Verdict[] = new Array(count).fill("allowed");
  for (const { location, message } of JSON.parse(stdout).diagnostics as Diagnostic[]) {
    const index = Number(/case-(\d+)\.ts$/.exec(location.path)?.[1]);
    found[index] = message.startsWith("Imports flow") ? "against the direction" : "past another package's exports";
  }
  return found;
};
