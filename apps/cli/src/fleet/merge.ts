import { cp, readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Report } from "@callpark/contract";
import {
  exitCodeOfFleet,
  type FleetReport,
  fleetMarkdownReport,
  fleetReportOf,
  mergeFleetReports,
} from "@callpark/contract/fleet";
import { messageOf, UsageError } from "../errors.ts";
import { tellGithub } from "../github.ts";
import { systemCode } from "../options/file.ts";
import type { RunOptions } from "../options/run.ts";
import type { Shell } from "../shell.ts";
import { printFleet } from "./print.ts";
import { FLEET_FILE, prepareFleetFolder, TARGETS, targetFolder, writeFleetReport } from "./report-folder.ts";

/** The report of one run that is among those to be merged, and the folder of each of its targets. */
interface Part {
  report: FleetReport;
  folders: Map<string, string>;
}

/** Makes one report folder of several, prints what it says and answers with the exit code. */
export const mergeReports = async (
  folders: readonly string[],
  options: Pick<RunOptions, "report" | "json" | "quiet">,
  shell: Shell,
): Promise<number> => {
  const out = options.report;
  if (out !== undefined && folders.some((folder) => resolve(folder) === resolve(out)))
    throw new UsageError(`--report: ${out} is one of the folders to merge: give another one`);
  const parts = (await Promise.all(folders.map((folder) => readParts(folder, out)))).flat();
  const report = merged(parts);
  if (out !== undefined) {
    await prepareFleetFolder(out);
    for (const { folders: own } of parts) for (const [name, from] of own) await copy(from, targetFolder(out, name));
  }
  printFleet(report, options, shell);
  // What each part found, its own run has told already.
  await tellGithub({ annotations: () => "", summary: () => fleetMarkdownReport(report) }, shell);
  if (out !== undefined) {
    const page = await writeFleetReport(out, report);
    if (!options.quiet) shell.say(`Report: ${page}`);
  }
  return exitCodeOfFleet(report);
};

const merged = (parts: readonly Part[]): FleetReport => {
  try {
    return mergeFleetReports(parts.map(({ report }) => report));
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
};

/** A folder with a report, or one with such folders in it: what CI makes of several artifacts. */
const readParts = async (folder: string, out: string | undefined): Promise<Part[]> => {
  const own = await readPart(folder);
  if (own !== undefined) return [own];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const inner = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .filter((path) => out === undefined || resolve(path) !== resolve(out));
  const parts = (await Promise.all(inner.sort().map(readPart))).filter((part) => part !== undefined);
  if (parts.length === 0)
    throw new UsageError(`There is no report in ${folder}: give folders that callpark verify --report wrote`);
  return parts;
};

const readPart = async (folder: string): Promise<Part | undefined> => {
  const fleet = await readJson<FleetReport>(join(folder, FLEET_FILE));
  if (fleet !== undefined) {
    if (fleet.kind !== "fleet" || fleet.schemaVersion !== 1)
      throw new UsageError(`${join(folder, FLEET_FILE)} is no report that this version of callpark knows`);
    return { report: fleet, folders: new Map(fleet.targets.map(({ name }) => [name, join(folder, TARGETS, name)])) };
  }
  const single = await readJson<Report>(join(folder, "report.json"));
  if (single === undefined) return undefined;
  if (single.schemaVersion !== 1 || !Array.isArray(single.checks))
    throw new UsageError(`${join(folder, "report.json")} is no report that this version of callpark knows`);
  const name = basename(resolve(folder));
  return { report: fleetReportOf(name, single), folders: new Map([[name, folder]]) };
};

const readJson = async <Value>(file: string): Promise<(Partial<Value> & Value) | undefined> => {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new UsageError(`Cannot read ${file} (${systemCode(error)})`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not whole: the run that wrote it may have been cut off`);
  }
};

/** A target that was not reached has no report of its own. */
const copy = async (from: string, to: string): Promise<void> => {
  try {
    await cp(from, to, { recursive: true });
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw new UsageError(`--report: cannot copy ${from} (${systemCode(error)})`);
  }
};
