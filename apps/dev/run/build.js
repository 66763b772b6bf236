import { build } from "./turbo.js";

/** @param {string[]} filters names of packages; all without one */
export const run = async (filters) => {
  await build(...filters);
  return 0;
};
