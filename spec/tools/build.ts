/** Makes spec/dist: the whole document and one for each version line, as YAML and as modules. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { sourceLocations } from "./locations.ts";

const room = join(dirname(fileURLToPath(import.meta.url)), "..");
const root = join(room, "..");
const dist = join(room, "dist");
const lines = ["22.0", "22.2", "22.6"];

const redocly = (...args: string[]) => {
  const run = spawnSync("redocly", args, {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  if (run.status !== 0) throw new Error(`redocly ${args.join(" ")} failed:\n${run.stdout}${run.stderr}`);
};

const writeModule = (name: string, value: unknown, type: string) => {
  writeFileSync(join(dist, `${name}.js`), `export default ${JSON.stringify(value, null, 1)};\n`);
  writeFileSync(join(dist, `${name}.d.ts`), type);
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

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
redocly("bundle", "source", "--output", "spec/dist/openapi.yaml");
for (const line of lines) redocly("bundle", line, "--output", `spec/dist/openapi-${line}.yaml`);
for (const name of ["openapi", ...lines.map((line) => `openapi-${line}`)])
  writeModule(name, parse(readFileSync(join(dist, `${name}.yaml`), "utf8")), documentType);
writeModule(
  "locations",
  sourceLocations(room),
  `/** Where each part of the document stands in its sources: JSON pointer to file (from spec/) and line (from 1). */
declare const locations: Record<string, { file: string; line: number }>;
export default locations;
`,
);
