import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Report } from "@callpark/contract";
import {
  type FailedRun,
  failedJunitReport,
  harReport,
  htmlReport,
  jsonReport,
  junitReport,
  sarifReport,
} from "@callpark/contract/reporters";
import { UsageError } from "./errors.ts";
import { isFolder, systemCode } from "./options/file.ts";

const JUNIT = "junit.xml";

const FILES = {
  "report.html": htmlReport,
  [JUNIT]: junitReport,
  "report.json": jsonReport,
  "report.sarif": sarifReport,
  "requests.har": harReport,
};

/** Folder by folder: where none can be made, as below /proc, Node's own `recursive` never ends. */
const makeFolder = async (folder: string): Promise<void> => {
  if (await isFolder(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder).catch(async (error) => {
    // Another process may have been faster.
    if (!(await isFolder(folder))) throw error;
  });
};

const attempt = async (
  folder: string,
  action: (path: string, name: keyof typeof FILES) => Promise<void>,
): Promise<void> => {
  try {
    await makeFolder(resolve(folder));
    for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) await action(join(folder, name), name);
  } catch (error) {
    throw new UsageError(
      `--report: cannot write to ${resolve(folder)} (${systemCode(error)}): give a folder that you may write to`,
    );
  }
};

/** Proves before the run that its report can be kept, and takes away an earlier one, which would look like this run's. */
export const prepareReportFolder = (folder: string): Promise<void> =>
  attempt(folder, async (path) => {
    await writeFile(path, "");
    await rm(path);
  });

/** Writes what there is to say of a run that came to no report: JUnit alone, as the other forms tell of what was found. */
export const writeFailure = async (folder: string, run: FailedRun): Promise<string> => {
  await attempt(folder, async (path, name) => {
    if (name === JUNIT) await writeFile(path, failedJunitReport(run));
  });
  return resolve(folder, JUNIT);
};

/** Writes the report in each form. Answers with the path of the page. */
export const writeReports = async (folder: string, report: Report): Promise<string> => {
  await attempt(folder, (path, name) => writeFile(path, FILES[name](report)));
  return resolve(folder, "report.html");
};
