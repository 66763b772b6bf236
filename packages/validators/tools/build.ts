/** Makes dist: for every version line together and for each, the predicates in one module, and a lister a schema. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapi from "@callpark/spec";
import openapi220 from "@callpark/spec/22.0";
import openapi222 from "@callpark/spec/22.2";
import openapi226 from "@callpark/spec/22.6";
import { build, transform } from "esbuild";
import { compile } from "./compile.ts";
import { declarePredicates, declareValidator } from "./declare.ts";
import { predicates } from "./predicates.ts";
import type { Schema } from "./schema.ts";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const work = fileURLToPath(new URL("../node_modules/.cache/validators/", import.meta.url));
const lines = { ".": openapi, "22.0": openapi220, "22.2": openapi222, "22.6": openapi226 };

rmSync(dist, { recursive: true, force: true });
rmSync(work, { recursive: true, force: true });
const entryPoints: { in: string; out: string }[] = [];
for (const [line, document] of Object.entries(lines)) {
  const schemas = document.components["schemas"] as Record<string, Schema>;
  const up = line === "." ? "./" : "../";
  for (const folder of [dist, work]) mkdirSync(`${folder}${line}/validate`, { recursive: true });
  /** The same text as a module and as its types. */
  const both = (name: string, text: string, onlyTypes = "") => {
    writeFileSync(`${dist}${line}/${name}.js`, text);
    writeFileSync(`${dist}${line}/${name}.d.ts`, onlyTypes + text);
  };
  const names = Object.keys(schemas).sort();
  for (const name of names) {
    const lister = `${line}/validate/${name}`;
    writeFileSync(`${work}${lister}.js`, compile(schemas, name));
    entryPoints.push({ in: `${work}${lister}.js`, out: lister });
    writeFileSync(`${dist}${lister}.d.ts`, declareValidator(name, `${up}../runtime.js`));
    both(name, `export { is${name} } from "./is.js";\nexport { validate${name} } from "./validate/${name}.js";\n`);
  }
  writeFileSync(`${dist}${line}/is.js`, predicates(schemas, `${up}predicates.js`));
  writeFileSync(`${dist}${line}/is.d.ts`, declarePredicates(schemas));
  both(
    "index",
    `export { ${names.map((name) => `is${name}`).join(", ")} } from "./is.js";\n` +
      names.map((name) => `export { validate${name} } from "./validate/${name}.js";\n`).join(""),
    `export type { SchemaError } from "${up}runtime.js";\n`,
  );
}
const helpers = readFileSync(new URL("../src/predicates.ts", import.meta.url), "utf8");
writeFileSync(`${dist}predicates.js`, (await transform(helpers, { loader: "ts", target: "es2022" })).code);
await build({
  entryPoints,
  outdir: dist,
  bundle: true,
  splitting: true,
  chunkNames: "shared/[hash]",
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  target: "es2022",
});
