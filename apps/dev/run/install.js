import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { child } from "./child.js";
import { Failure } from "./failure.js";
import { manifest, members } from "./members.js";
import { node, root } from "./places.js";
import { step } from "./step.js";

const stamp = join(root, "node_modules", ".callpark-installed");

/** The dependencies as they are asked for: while this stays the same, there is nothing to install. */
const wanted = () => {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const name of ["pnpm-lock.yaml", "pnpm-workspace.yaml"]) hash.update(readFileSync(join(root, name)));
  for (const folder of [root, ...members()]) {
    const { packageManager, dependencies, devDependencies, optionalDependencies } = manifest(folder);
    hash.update(
      JSON.stringify({
        folder: folder.slice(root.length),
        packageManager,
        dependencies,
        devDependencies,
        optionalDependencies,
      }),
    );
  }
  return hash.digest("hex");
};

const installed = () =>
  existsSync(node) &&
  existsSync(stamp) &&
  readFileSync(stamp, "utf8") === wanted() &&
  members().every((folder) => existsSync(join(folder, "node_modules")));

/** @param {string} output */
const advice = (output) => {
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(output))
    return `A package.json asks for what pnpm-lock.yaml does not have: run \`npx ${manifest(root).packageManager} install\` and commit the lockfile.`;
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_PNPM_META_FETCH_FAIL|dns error|error sending request/i.test(
      output,
    )
  )
    return "The npm registry could not be reached: check the network, the proxy and `npm config get registry`, then run this again.";
  return "The install failed: see above.";
};

/** Brings node_modules up to date; costs a few milliseconds where it already is. */
export const install = async () => {
  if (installed()) return;
  await step("Installing", async () => {
    const command = ["--yes", manifest(root).packageManager, "install", "--frozen-lockfile"];
    const { exitCode, output } = await child("npx", command, {
      quiet: true,
      shell: process.platform === "win32",
      // The pinned Node must not run the install that replaces it.
      env: {
        ...process.env,
        DO_NOT_TRACK: "1",
        SCARF_ANALYTICS: "false",
        npm_config_update_notifier: "false",
        CI: "true",
      },
    }).catch((error) => {
      throw new Failure(
        error.code === "ENOENT" ? "npx was not found: npm brings it, so install Node.js with npm." : error.message,
      );
    });
    if (exitCode !== 0) throw new Failure(`\n${output.trim()}\n\n${advice(output)}`, exitCode);
    mkdirSync(join(root, "node_modules"), { recursive: true });
    writeFileSync(stamp, wanted());
  });
};
