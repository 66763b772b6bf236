import type { Report } from "../report.ts";
import { ConfigurationError } from "../target.ts";

/**
 * Reads the JSON form of a report.
 *
 * @throws ConfigurationError where it is none, or one of another version.
 */
export const parseReport = (text: string, file: string): Report => {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    throw new ConfigurationError(`${file} is no JSON, or not whole: give the report.json that callpark verify wrote`);
  }
  if (!isObject(report) || !isObject(report["target"]) || !isObject(report["tool"]) || !areChecks(report["checks"]))
    throw new ConfigurationError(`${file} is no report of one PBX: give the report.json that callpark verify wrote`);
  if (report["schemaVersion"] !== 1)
    throw new ConfigurationError(
      `${file} has version ${JSON.stringify(report["schemaVersion"])}, and this callpark reads version 1`,
    );
  return report as unknown as Report;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const areChecks = (checks: unknown): boolean =>
  Array.isArray(checks) &&
  checks.every(
    (check) =>
      isObject(check) &&
      typeof check["id"] === "string" &&
      Array.isArray(check["findings"]) &&
      check["findings"].every(isFinding),
  );

const isFinding = (finding: unknown): boolean =>
  isObject(finding) && ["code", "kind", "documented", "received"].every((name) => typeof finding[name] === "string");
