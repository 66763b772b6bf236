import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { members } from "../../run/members.js";
import type { NodeVersion } from "./node-version.ts";
import { type Example, examplesOf } from "./readme-examples.ts";
import { output } from "./run.ts";
import type { Tarball } from "./tarballs.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

/** Strict, and nothing that is beyond that; the packages' declarations are looked at too. */
const asMostUse =
  "--strict --skipLibCheck false --target es2023 --module nodenext --lib es2023,esnext.disposable,dom".split(" ");

/** A folder with packages installed from their tarballs, and nothing else. */
export interface Installed {
  folder: string;
  on: NodeVersion;
  names: string[];
  /** Runs JavaScript in the folder, and answers with what it printed. */
  script(code: string): Promise<string>;
  /** Checks the types of TypeScript, with those of the packages too; answers with what is wrong. */
  check(sources: string[]): Promise<string>;
}

/** Installs tarballs with npm into a new folder. */
export const install = async (folder: string, on: NodeVersion, tarballs: Tarball[]): Promise<Installed> => {
  mkdirSync(folder, { recursive: true });
  const dependencies = Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
  // So that what one asks of another is never what the registry may have of it.
  const overrides = Object.fromEntries(tarballs.map(({ name }) => [name, `$${name}`]));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies, overrides }),
  );
  await on.npm(["install"], folder);
  let scripts = 0;
  const compile = (files: string[]) =>
    output(process.execPath, [compiler, "--noEmit", ...asMostUse, ...files], { cwd: folder });
  return {
    folder,
    on,
    names: tarballs.map(({ name }) => name),
    script: (code) => {
      scripts += 1;
      const file = join(folder, `script-${scripts}.js`);
      writeFileSync(file, code);
      return on.node([file], folder);
    },
    check: async (sources) => {
      const files = sources.map((source, index) => {
        const file = join(folder, `example-${index}.ts`);
        writeFileSync(file, source);
        return file;
      });
      return compile(files).then(
        () => "",
        (error: Error) => error.message,
      );
    },
  };
};

/**
 * A script that imports everything that a package exports by name. What is for users of another package, an optional
 * peer called like the export, must ask for that one by name: it is not there.
 */
export const importAll = ({ folder, names }: Installed): string => {
  const paths = names.flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
    return Object.keys(manifest.exports)
      .filter((path) => !path.includes("*") && !path.endsWith(".json"))
      .map((path) => {
        const peer = path.slice(2);
        const lacks = manifest.peerDependenciesMeta?.[peer]?.optional === true ? peer : undefined;
        return { path: name + path.slice(1), lacks };
      });
  });
  return `const paths = ${JSON.stringify(paths)};
for (const { path, lacks } of paths)
  if (lacks === undefined) await import(path);
  else {
    const refusal = await import(path).then(() => "none", (error) => error.message);
    if (!refusal.startsWith("Cannot find package '" + lacks + "'")) throw new Error(path + ": " + refusal);
  }
console.log(paths.length > 0 && "all imported");
`;
};

/** The examples of all READMEs that need nothing but these packages. */
export const examplesFor = (names: string[]): Example[] =>
  [root, ...members()]
    .filter((folder) => readdirSync(folder).includes("README.md"))
    .map((folder) => join(folder, "README.md"))
    .flatMap((file) => examplesOf(relative(root, file), readFileSync(file, "utf8")))
    .filter(({ imports }) => imports.every((name) => names.includes(name) || name.startsWith("node:")));
