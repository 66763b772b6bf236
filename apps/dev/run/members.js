import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places.js";

const inside = (/** @type {string} */ folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name));

/** The folders of the workspace's packages. */
export const members = () =>
  [join(root, "spec"), ...inside("packages"), ...inside("apps")].filter((folder) =>
    existsSync(join(folder, "package.json")),
  );

/** @param {string} folder */
export const manifest = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
