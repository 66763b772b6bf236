import type { Finding } from "../finding.ts";
import type { BaselineEntry, Report } from "../report.ts";
import type { Baseline } from "./parse.ts";

/**
 * The report with its known findings marked: they fail the run no longer, until the day after their date. Days are
 * counted in UTC.
 */
export const applyBaseline = (report: Report, baseline: Baseline, now: Date = new Date()): Report => {
  const today = now.toISOString().slice(0, 10);
  const matched = new Set<BaselineEntry>();
  let count = 0;
  const marked = (finding: Finding): Finding => {
    if (finding.kind !== "finding") return finding;
    const entries = baseline.entries.filter((entry) => isAbout(entry, finding));
    for (const entry of entries) matched.add(entry);
    const current = entries.find(({ until }) => until >= today);
    if (current === undefined) return finding;
    count += 1;
    const { owner, reason, until } = current;
    return { ...finding, known: { owner, reason, until } };
  };
  const checks = report.checks.map((check) => ({ ...check, findings: check.findings.map(marked) }));
  const expired = baseline.entries.filter((entry) => matched.has(entry) && entry.until < today);
  const stale = baseline.entries.filter((entry) => !matched.has(entry));
  return { ...report, checks, baseline: { file: baseline.file, known: count, expired, stale } };
};

const isAbout = ({ code, operation, received }: BaselineEntry, finding: Finding): boolean =>
  finding.code === code &&
  (operation === undefined || finding.operation === operation) &&
  (received === undefined || new RegExp(received, "u").test(finding.received));
