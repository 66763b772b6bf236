import type { Finding } from "../finding.ts";
import { listChecks } from "../registry.ts";
import type { Report, WriteLevel } from "../report.ts";
import { ConfigurationError } from "../target.ts";

/** What is to be replayed. */
export interface Plan {
  /** The findings, with the check that made each. */
  findings: { check: string; finding: Finding }[];
  /** The checks to run, for `only`. */
  only: string[];
  /** How far they write. */
  write: WriteLevel;
  /** The codes that the report has for these checks: another one is new. */
  before: Set<string>;
}

/**
 * The findings of a report to look at again: all, or those whose code is, or begins up to a dot with, what is wanted.
 *
 * @throws ConfigurationError where there is none of that code, or its check is not known any more.
 */
export const planReplay = (report: Report, wanted?: string): Plan => {
  const all = report.checks.flatMap(({ id, findings }) =>
    findings.flatMap((finding) => (finding.kind === "finding" ? [{ check: id, finding }] : [])),
  );
  const findings = all.filter(
    ({ finding: { code } }) => wanted === undefined || code === wanted || code.startsWith(`${wanted}.`),
  );
  if (findings.length === 0 && wanted !== undefined)
    throw new ConfigurationError(`The report has no finding ${wanted}: it has ${codesOf(all).join(", ") || "none"}`);
  const only = [...new Set(findings.map(({ check }) => check))];
  const known = new Map(listChecks().map(({ id, level }) => [id, level]));
  const gone = only.filter((id) => !known.has(id));
  if (gone.length > 0)
    throw new ConfigurationError(
      `This version of callpark has no check ${gone.join(", ")}: run callpark verify instead`,
    );
  const levels = new Set(only.map((id) => known.get(id)));
  return {
    findings,
    only,
    write: levels.has("full") ? "full" : levels.has("safe") ? "safe" : "none",
    before: new Set(codesOf(all.filter(({ check }) => only.includes(check)))),
  };
};

const codesOf = (findings: Plan["findings"]): string[] => [...new Set(findings.map(({ finding }) => finding.code))];
