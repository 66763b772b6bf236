import { readFileSync } from "node:fs";

/** Faults that no check sees, and why: named, so that nobody takes the matrix for more than it is. */
export const knownEscapes: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("./escapes.json", import.meta.url), "utf8"),
);
