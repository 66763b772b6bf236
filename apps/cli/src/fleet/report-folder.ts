import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Report } from "@callpark/contract";
import { type FleetReport, fleetHtmlReport, fleetJunitReport, type TargetResult } from "@callpark/contract/fleet";
import { UsageError } from "../errors.ts";
import { systemCode } from "../options/file.ts";
import { prepareReportFolder, writeReports } from "../report-folder.ts";

/** The file that says what a fleet's report is made of. */
export const FLEET_FILE = "fleet.json";
export const TARGETS = "targets";
const PAGE = "index.html";
const FILES = [FLEET_FILE, PAGE, "junit.xml"];

const attempt = async <Value>(folder: string, action: () => Promise<Value>): Promise<Value> => {
  try {
    return await action();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `--report: cannot write to ${resolve(folder)} (${systemCode(error)}): give a folder that you may write to`,
    );
  }
};

/** Proves before the run that its report can be kept, and takes away an earlier one, which would look like this run's. */
export const prepareFleetFolder = async (folder: string): Promise<void> => {
  await prepareReportFolder(folder);
  await attempt(folder, async () => {
    await rm(join(folder, TARGETS), { recursive: true, force: true });
    for (const name of FILES) await rm(join(folder, name), { force: true });
    await mkdir(join(folder, TARGETS));
  });
};

/** The folder of a target's own report. */
export const targetFolder = (folder: string, name: string): string => join(folder, TARGETS, name);

export const writeTargetReport = async (folder: string, name: string, report: Report): Promise<void> => {
  await writeReports(targetFolder(folder, name), report);
};

/** Writes the report of the whole, beside those of its targets. Answers with the path of the page. */
export const writeFleetReport = (folder: string, report: FleetReport): Promise<string> =>
  attempt(folder, async () => {
    const kept = new Set<string>();
    for (const { name } of report.targets)
      if (await isThere(join(targetFolder(folder, name), "report.html"))) kept.add(name);
    const linkOf = ({ name }: TargetResult) => (kept.has(name) ? `${TARGETS}/${name}/report.html` : undefined);
    await writeFile(join(folder, FLEET_FILE), `${JSON.stringify(report, null, 2)}\n`);
    await writeFile(join(folder, "junit.xml"), fleetJunitReport(report));
    await writeFile(join(folder, PAGE), fleetHtmlReport(report, { linkOf }));
    return resolve(folder, PAGE);
  });

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
