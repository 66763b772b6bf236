import type { Finding } from "../finding.ts";
import type { CheckResult, Report } from "../report.ts";
import { baselineLines } from "./baseline.ts";
import { knownWords } from "./known.ts";
import { fence, list, MARKS, partsOf, plain } from "./markdown-text.ts";
import { restoreParts } from "./restore.ts";
import { byOperation, findingsOf, observationsOf, stateOf, totals } from "./summary.ts";
import { factsOf, notRestored, verdictOf } from "./verdict.ts";

// GitHub takes a summary of 1 MiB at most, and drops a longer one whole.
const MOST_FINDINGS = 100;

/** The report as Markdown, for a step summary of GitHub Actions. */
export const markdownReport = (report: Report): string => {
  const { tone, title, sentence } = verdictOf(report);
  const findings = [...byOperation(report.checks)].flatMap(([, checks]) => checks.flatMap(blocks));
  const left = findings.length - MOST_FINDINGS;
  const parts = [
    `## ${MARKS[tone]} Call park contract: ${title}`,
    `${plain(sentence)} ${totals(report)}.`,
    table(factsOf(report)),
    restore(report),
    ...findings.slice(0, MOST_FINDINGS),
    left > 0 ? `And ${left} more: see the report.` : "",
    list("Observations", report.checks.flatMap(observationsOf).map(seen)),
    list("Baseline", baselineLines(report).map(plain)),
    list("Notes", report.notes.map(plain)),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
};

const table = (rows: [string, string][]): string =>
  ["| | |", "| --- | --- |", ...rows.map(([name, value]) => `| ${name} | ${plain(value)} |`)].join("\n");

const blocks = (check: CheckResult): string[] => {
  const state = stateOf(check);
  if (state === "error") return [`### ${plain(check.title)}\n\nCould not be finished:\n\n${fence(check.reason ?? "")}`];
  return findingsOf(check).map((finding) => block(check, finding));
};

const block = (check: CheckResult, finding: Finding): string => {
  const { code, operation, known } = finding;
  return [
    `### ${plain(operation)}: ${plain(code)}`,
    `${plain(check.title)}${known ? ` (${plain(knownWords(known))})` : ""}`,
    fence(partsOf(finding)),
  ].join("\n\n");
};

const seen = ({ code, received, documented }: Finding): string =>
  `${plain(code)}: ${plain(received)}; documented: ${plain(documented)}`;

const restore = (report: Report): string => {
  const { status, detail } = report.restore;
  if (status !== "failed") return "";
  return [
    `### NOT RESTORED: ${notRestored(report)}`,
    plain(detail ?? ""),
    ...restoreParts(report.restore).flatMap(([title, text]) => [`${title}:`, fence(text)]),
  ].join("\n\n");
};
