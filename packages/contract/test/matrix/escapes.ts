import { readFileSync } from "node:fs";

/** Faults that no check sees, named so that nobody takes the matrix for more than it is: ids of the library. */
export const knownEscapes: ReadonlySet<string> = new Set(
  JSON.parse(readFileSync(new URL("./escapes.json", import.meta.url), "utf8")) as string[],
);
