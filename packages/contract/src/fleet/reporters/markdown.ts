import { fence, list, MARKS, partsOf, plain } from "../../reporters/markdown-text.ts";
import { restoreParts } from "../../reporters/restore.ts";
import { count, restoredWords } from "../../reporters/summary.ts";
import type { FleetReport, TargetResult } from "../report.ts";
import { fleetBaselineLines } from "./baseline.ts";
import { type SharedFinding, sharedFindings } from "./findings.ts";
import { namesOf } from "./names.ts";
import { titleOf, verdictOfFleet } from "./verdict.ts";

// GitHub takes a summary of 1 MiB at most, and drops a longer one whole.
const MOST_FINDINGS = 100;
const MOST_TARGETS = 1000;

/** A fleet's report as Markdown, for a step summary of GitHub Actions. */
export const fleetMarkdownReport = (report: FleetReport): string => {
  const { tone, title, sentence } = verdictOfFleet(report);
  const findings = sharedFindings(report);
  const left = findings.length - MOST_FINDINGS;
  const parts = [
    `## ${MARKS[tone]} Call park contract: ${title}`,
    plain(sentence),
    table(report.targets),
    ...report.targets.map(restore),
    ...findings.slice(0, MOST_FINDINGS).map(block),
    left > 0 ? `And ${left} more: see the report.` : "",
    list("Baseline", fleetBaselineLines(report).map(plain)),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
};

/** Those that are not well come first, since a page holds so many. */
const table = (targets: readonly TargetResult[]): string => {
  if (targets.length === 0) return "";
  const sorted = targets.toSorted((one, other) => Number(one.exitCode === 0) - Number(other.exitCode === 0));
  const left = sorted.length - MOST_TARGETS;
  return [
    "| Target | | Passed | Failed | Errors | Skipped | |",
    "| --- | --- | --: | --: | --: | --: | --- |",
    ...sorted.slice(0, MOST_TARGETS).map(row),
    ...(left > 0 ? ["", `And ${left} more.`] : []),
  ].join("\n");
};

const row = (target: TargetResult): string => {
  const { title, tone } = titleOf(target);
  const { passed, failed, error, skipped } = count(target.checks);
  const counts = target.error === undefined ? [passed, failed, error, skipped] : ["", "", "", ""];
  const last = target.error === undefined ? restoredWords(target) : plain(target.error);
  return `| ${plain(target.name)} | ${MARKS[tone]} ${title} | ${counts.join(" | ")} | ${last} |`;
};

const block = ({ check, finding, targets }: SharedFinding): string =>
  [
    `### ${plain(finding.operation)}: ${plain(finding.code)}`,
    `${plain(check)}, at ${plain(namesOf(targets))}`,
    fence(partsOf(finding)),
  ].join("\n\n");

const restore = ({ name, restore: result }: TargetResult): string =>
  result.status === "failed"
    ? [
        `### NOT RESTORED: ${plain(name)}`,
        plain(result.detail ?? ""),
        ...restoreParts(result).flatMap(([title, text]) => [`${title}:`, fence(text)]),
      ].join("\n\n")
    : "";
