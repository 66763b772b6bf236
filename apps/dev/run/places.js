import { join } from "node:path";
import { fileURLToPath } from "node:url";

const windows = process.platform === "win32";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

const modules = join(root, "node_modules");

/** The Node that the repository is built and tested with, whichever one npm was started with. */
export const node = join(modules, "node", "bin", windows ? "node.exe" : "node");

/** The launcher is JavaScript, so that it starts without a shell, which a path with a space would confuse. */
export const turbo = join(modules, "turbo", "bin", "turbo");

/** Where the commands of the installed packages are. */
export const commands = join(modules, ".bin");
