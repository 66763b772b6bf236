/** Writes src/generated/operations.ts; with --check, only says whether it is as it should be. */
import { readFileSync, writeFileSync } from "node:fs";
import openapi from "@callpark/spec";

const target = new URL("../src/generated/operations.ts", import.meta.url);

interface Operation {
  security?: unknown[];
  requestBody?: { content: object };
  "x-effect"?: string;
}

const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => method === "get" || method === "post")
    .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation: operation as Operation })),
);
const listing = (name: string, why: string, keep: (operation: Operation) => boolean) => `
/** ${why} */
export const ${name}: ReadonlySet<string> = new Set([
${operations
  .filter(({ operation }) => keep(operation))
  .map((one) => `  ${JSON.stringify(one.name)},\n`)
  .join("")}]);
`;
const wanted = `// Made from spec/openapi.yaml. Do not edit: change the spec, then \`npm run generate\`.
${listing(
  "withoutToken",
  "The operations that take no token, and so are never sent one.",
  ({ security }) => security?.length === 0,
)}${listing(
  "writing",
  "The operations that change the PBX, and so need a client that may write.",
  (operation) => operation["x-effect"] === "write",
)}
/** The operations whose body is something else than JSON, and what. */
export const bodyTypes: ReadonlyMap<string, string> = new Map([
${operations
  .map(({ name, operation }) => [name, Object.keys(operation.requestBody?.content ?? {})[0]])
  .filter(([, type]) => type !== undefined && type !== "application/json")
  .map((pair) => `  [${pair.map((one) => JSON.stringify(one)).join(", ")}],\n`)
  .join("")}]);
`;

if (!process.argv.includes("--check")) writeFileSync(target, wanted);
else if (readFileSync(target, "utf8") !== wanted) {
  console.error("packages/client/src/generated/operations.ts is stale: run `npm run generate` and commit it.");
  process.exitCode = 1;
}
