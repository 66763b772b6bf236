import { join } from "node:path";
import { child } from "./child.js";
import { node, root } from "./places.js";
import { build } from "./turbo.js";

/** @param {string[]} options see apps/dev/src/flags.ts */
export const run = async (options) => {
  await build("@callpark/sandbox", "@callpark/mock", "@callpark/docs");
  return (await child(node, [join(root, "apps", "dev", "src", "dev.ts"), ...options])).exitCode;
};
