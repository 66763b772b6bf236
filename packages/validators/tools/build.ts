/** Makes dist: one module a schema, for every version line and for each. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapi from "@callpark/spec";
import openapi220 from "@callpark/spec/22.0";
import openapi222 from "@callpark/spec/22.2";
import openapi226 from "@callpark/spec/22.6";
import { build } from "esbuild";
import { compile } from "./compile.ts";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const work = fileURLToPath(new URL("../node_modules/.cache/validators/", import.meta.url));
const lines = { ".": openapi, "22.0": openapi220, "22.2": openapi222, "22.6": openapi226 };

rmSync(dist, { recursive: true, force: true });
rmSync(work, { recursive: true, force: true });
const entryPoints: string[] = [];
for (const [line, document] of Object.entries(lines)) {
  const names = Object.keys(document.components["schemas"] ?? {}).sort();
  for (const folder of [dist, work]) mkdirSync(`${folder}${line}`, { recursive: true });
  for (const name of names) {
    const { code, declaration } = compile(document, name, line);
    writeFileSync(`${work}${line}/${name}.js`, code);
    writeFileSync(`${dist}${line}/${name}.d.ts`, declaration);
    entryPoints.push(`${work}${line}/${name}.js`);
  }
  const index = names.map((name) => `export { is${name}, validate${name} } from "./${name}.js";\n`).join("");
  writeFileSync(`${work}${line}/index.js`, index);
  entryPoints.push(`${work}${line}/index.js`);
  const runtime = `export type { SchemaError } from "${line === "." ? "./" : "../"}runtime.js";\n`;
  writeFileSync(`${dist}${line}/index.d.ts`, runtime + index);
}
await build({
  entryPoints,
  outdir: dist,
  outbase: work,
  bundle: true,
  splitting: true,
  chunkNames: "shared/[hash]",
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  target: "es2022",
});
