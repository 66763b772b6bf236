import { createRequire } from "node:module";
import { NodeTooOldError } from "./errors/node-too-old-error.ts";

/**
 * Refuses a Node that Prism does not run on.
 *
 * @param running The Node's version, without `v`.
 * @throws NodeTooOldError
 */
export const requireNodeForPrism = (running: string = process.versions.node): void => {
  const needed: string = createRequire(import.meta.url)("@stoplight/prism-http/package.json").engines.node;
  const least = numbers(needed.replace(/^>=\s*/, ""));
  const own = numbers(running);
  const first = least.findIndex((number, index) => number !== (own[index] ?? 0));
  if (first !== -1 && (own[first] ?? 0) < (least[first] ?? 0)) throw new NodeTooOldError(needed, running);
};

const numbers = (version: string) => version.split(".").map((part) => Number.parseInt(part, 10));
