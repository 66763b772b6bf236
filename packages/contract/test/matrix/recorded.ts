import { readFileSync } from "node:fs";
import type { Row } from "./row.ts";

export const matrixFile: URL = new URL("./matrix.json", import.meta.url);
export const pageFile: URL = new URL("../../MATRIX.md", import.meta.url);

/** What was recorded: by the fault's id. */
export const readMatrix = (): Record<string, Row> => JSON.parse(readFileSync(matrixFile, "utf8"));
