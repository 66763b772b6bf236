import { appendFile } from "node:fs/promises";
import type { Report } from "@callpark/contract";
import { githubAnnotations, markdownReport } from "@callpark/contract/reporters";
import { systemCode } from "./options/file.ts";
import type { Shell } from "./shell.ts";

/** In GitHub Actions, shows the findings at the lines of the specification, and the report as the step's summary. */
export const tellGithub = async (report: Report, { env, stderr, say }: Shell): Promise<void> => {
  if (env["GITHUB_ACTIONS"] !== "true") return;
  // The report may be what stands on stdout, for a program; GitHub reads both.
  stderr.write(githubAnnotations(report));
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (!summary) return;
  try {
    await appendFile(summary, markdownReport(report));
  } catch (error) {
    say(`The step summary could not be written (${systemCode(error)}).`);
  }
};
