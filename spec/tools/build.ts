/** Makes spec/dist: the whole document and one for each version line, as YAML and as modules. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { sourceLocations } from "./locations.ts";
import { redocly, room } from "./redocly.ts";

const dist = join(room, "dist");
const lines = ["22.0", "22.2", "22.6"];
const made = new Set<string>();

const bundle = async (api: string, name: string) => {
  const run = await redocly(["bundle", api, "--output", `spec/dist/${name}.yaml`]);
  if (!run.ok) throw new Error(`redocly bundle ${api} failed:\n${run.stdout}${run.stderr}`);
  made.add(`${name}.yaml`);
  writeModule(name, parse(readFileSync(join(dist, `${name}.yaml`), "utf8")), documentType);
};

const write = (file: string, text: string) => {
  writeFileSync(join(dist, file), text);
  made.add(file);
};

const writeModule = (name: string, value: unknown, type: string) => {
  write(`${name}.js`, `export default ${JSON.stringify(value, null, 1)};\n`);
  write(`${name}.d.ts`, type);
};

const documentType = `/** An OpenAPI 3.1 document, as plain data with local references only. */
declare const document: {
  openapi: string;
  info: { title: string; version: string; [key: string]: unknown };
  paths: Record<string, Record<string, any>>;
  components: Record<string, Record<string, any>>;
  [key: string]: unknown;
};
export default document;
`;

const locationsType = `/** Where each part of the document stands in its sources: JSON pointer to file (from spec/) and line (from 1). */
declare const locations: Record<string, { file: string; line: number }>;
export default locations;
`;

mkdirSync(dist, { recursive: true });
await bundle("source", "openapi");
for (const line of lines) await bundle(`cut-${line}`, `openapi-${line}`);
// The lines are cut from the document as it was written; what is left is then made true of them all.
await bundle("every-line", "openapi");
writeModule("locations", sourceLocations(room), locationsType);
// Last, so that others can read what was there while this runs.
for (const file of readdirSync(dist)) if (!made.has(file)) rmSync(join(dist, file), { recursive: true });
