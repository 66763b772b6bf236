import { appendFile } from "node:fs/promises";
import { systemCode } from "./options/file.ts";
import type { Shell } from "./shell.ts";

/** What GitHub Actions shows of a run. */
export interface ForGithub {
  /** The findings, at the lines of the specification. */
  annotations: () => string;
  /** The report as the step's summary. */
  summary: () => string;
}

/** In GitHub Actions, shows what came of a run. */
export const tellGithub = async ({ annotations, summary }: ForGithub, { env, stderr, say }: Shell): Promise<void> => {
  if (env["GITHUB_ACTIONS"] !== "true") return;
  // The report may be what stands on stdout, for a program; GitHub reads both.
  stderr.write(annotations());
  const file = env["GITHUB_STEP_SUMMARY"];
  if (!file) return;
  try {
    await appendFile(file, summary());
  } catch (error) {
    say(`The step summary could not be written (${systemCode(error)}).`);
  }
};
