import { join } from "node:path";
import { child } from "./child.js";
import { manifest } from "./members.js";
import { node, root } from "./places.js";
import { build } from "./turbo.js";

/** @param {string[]} options given on to `callpark verify` */
export const run = async (options) => {
  await build("callpark");
  const cli = join(root, "apps", "cli");
  const verify = ["verify", "--write=full", "--yes", "--report", "report", ...options];
  return (await child(node, [join(cli, manifest(cli).bin.callpark), ...verify])).exitCode;
};
