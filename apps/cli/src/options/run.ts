import type { VerifyOptions, WriteLevel } from "@callpark/contract";
import { type Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import { reportOption } from "./report.ts";

/** What to check, and how to report it. */
export interface RunOptions {
  write?: Exclude<WriteLevel, "none">;
  yes?: boolean;
  pbxVersion: NonNullable<VerifyOptions["version"]>;
  seed?: number;
  maxRequests?: number;
  report?: string;
  baseline?: string;
  only?: string[];
  list?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const splitIds = (text: string, before: string[] = []): string[] => {
  const ids = text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  // An empty variable in a script would check nothing, and pass.
  if (ids.length === 0) throw new UsageError("--only names no check: callpark verify --list names them all");
  return [...before, ...ids];
};

const MOST = 9_999_999_999;

const wholeNumber =
  (option: string, least: number) =>
  (text: string): number => {
    if (!/^-?\d{1,10}$/.test(text) || Number(text) < least)
      throw new UsageError(`${option} takes a whole number from ${least} to ${MOST}, not ${text}`);
    return Number(text);
  };

const VERSIONS = ["auto", "22.0", "22.2", "22.6"] as const;

const parseVersion = (text: string): RunOptions["pbxVersion"] => {
  const version = VERSIONS.find((one) => one === text);
  if (version !== undefined) return version;
  throw new UsageError(`--pbx-version takes 22.0 (with 22.1), 22.2 (to 22.5), 22.6 or auto (found out), not ${text}`);
};

/** How far a command may change the PBX. */
export const addWriteOptions = (command: Command): Command =>
  command
    .optionsGroup("The run:")
    .addOption(
      new Option(
        "--write [safe|full]",
        "change settings too, and put them back: the recall times alone (safe) or every setting (full)",
      )
        .choices(["safe", "full"])
        .preset("safe")
        .conflicts("insecure"),
    )
    .option("--yes", "write to a real PBX without being asked");

export const addRunOptions = (command: Command): Command =>
  addWriteOptions(command)
    .addOption(
      new Option("--pbx-version <VERSION>", "the version line of the PBX")
        .choices(VERSIONS)
        .argParser(parseVersion)
        .default("auto"),
    )
    .addOption(reportOption("write the report into this folder: HTML, JUnit, JSON, SARIF and HAR"))
    .option("--baseline <FILE>", "findings that are known, and do not fail the run: YAML or JSON")
    .option(
      "--only <ID,…>",
      "only these checks; the beginning of an id, up to a dot, names all that begin so",
      splitIds,
    )
    .option("--seed <N>", "make up the same values as the run that named this number", wholeNumber("--seed", -MOST))
    .option(
      "--max-requests <N>",
      "send no more requests than this: the last ones are kept for putting everything back",
      // With none it could not even say whether there is a PBX.
      wholeNumber("--max-requests", 1),
    )
    .option("--list", "list the checks, or those of --only, and end")
    .option("--json", "print the report as JSON")
    .addOption(new Option("--quiet", "print the last line only, and what is left changed").conflicts("json"));
