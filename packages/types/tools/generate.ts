/** Writes src/generated/openapi.ts; with --check, only says whether it is as it should be. */
import { readFileSync, writeFileSync } from "node:fs";
import openapi from "@callpark/spec";
import { generateTypes } from "./generate-types.ts";

const target = new URL("../src/generated/openapi.ts", import.meta.url);
const wanted = await generateTypes(openapi);

if (!process.argv.includes("--check")) writeFileSync(target, wanted);
else if (readFileSync(target, "utf8") !== wanted) {
  console.error("packages/types/src/generated/openapi.ts is stale: run `npm run generate` and commit it.");
  process.exitCode = 1;
}
