import { realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { output } from "./run.ts";

/** One Node version with its npm, as a user of the packages has them. */
export interface NodeVersion {
  /** Without `v`. */
  version: string;
  node(args: string[], cwd: string): Promise<string>;
  /** Runs a command of the packages installed in the folder, by its own first line. */
  npx(args: string[], cwd: string): Promise<string>;
  npm(args: string[], cwd: string): Promise<string>;
  env: NodeJS.ProcessEnv;
}

const npmFolder = (): string => {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    try {
      const found = realpathSync(join(folder, "npm"));
      if (found.endsWith("npm-cli.js")) return dirname(found);
    } catch {
      // Not in this folder.
    }
  }
  throw new Error("npm was not found on the PATH: it is needed to install the packed packages.");
};

/** Fetches a Node from npm, which keeps it in its cache for the next time. */
export const nodeVersion = async (version: string): Promise<NodeVersion> => {
  const folder = npmFolder();
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--fetch-retries=1"];
  const print = ["-p", "process.execPath"];
  const fetched =
    version === process.versions.node
      ? process.execPath
      : await output(
          process.execPath,
          [join(folder, "npx-cli.js"), "--yes", ...quiet, `--package=node@${version}`, "--", "node", ...print],
          { cwd: folder },
        );
  const binary = fetched.trim();
  const env = {
    ...clean(process.env),
    PATH: `${dirname(binary)}${delimiter}${process.env["PATH"]}`,
    // Prism brings it, and it reports installs.
    SCARF_ANALYTICS: "false",
  };
  const node = (args: string[], cwd: string) => output(binary, args, { cwd, env });
  return {
    version,
    env,
    node,
    npm: (args, cwd) => node([join(folder, "npm-cli.js"), ...args, ...quiet, "--prefer-offline"], cwd),
    npx: (args, cwd) => node([join(folder, "npx-cli.js"), "--no", "--offline", ...args], cwd),
  };
};

/** Without what the running scripts set, which a user's shell does not have. */
const clean = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(npm_|NODE_(?!EXTRA_CA_CERTS)|VITEST|CALLPARK_)/i.test(name)),
  );
