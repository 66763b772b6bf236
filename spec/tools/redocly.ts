import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the sources, spec/. */
export const room: string = join(dirname(fileURLToPath(import.meta.url)), "..");

const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
const cli = join(dirname(manifest), "bin", "cli.js");
const env = {
  ...process.env,
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  REDOCLY_SUPPRESS_NOTIFICATIONS: "true",
};

export interface RedoclyRun {
  ok: boolean;
  stdout: string;
  stderr: string;
}

/** Runs Redocly where redocly.yaml is. It tells nobody, and asks for no newer release. */
export const redocly = (args: string[], cwd: string = join(room, "..")): Promise<RedoclyRun> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { cwd, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ ok: error === null, stdout, stderr });
    });
  });
