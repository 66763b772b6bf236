import type { Finding } from "../finding.ts";
import type { CheckResult, Report } from "../report.ts";
import { knownWords } from "./known.ts";
import { restoreParts } from "./restore.ts";
import { byOperation, count, findingsOf, stateOf } from "./summary.ts";
import { factsOf, verdictOf } from "./verdict.ts";
import { element, xmlText } from "./xml.ts";

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** The report as JUnit XML, for CI systems: a suite an operation, a case a check. */
export const junitReport = (report: Report): string => {
  const checks = [...report.checks, ...runCases(report)];
  const properties = element(
    "properties",
    {},
    factsOf(report).map(([name, value]) => element("property", { name, value })),
  );
  const suites = [...byOperation(checks)].map(([operation, results]) => suite(operation, results, report, properties));
  // The schema that CI systems go by has no number of skipped ones here.
  const { skipped: _, ...all } = numbers(checks, report.duration);
  const attributes = { name: "callpark verify", ...all };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, ["\n", ...suites])}\n`;
};

/** A run that came to no report: where, when and why. */
export interface FailedRun {
  /** Of the PBX. Left out for a sandbox of the run's own. */
  url?: string;
  /** RFC 3339, UTC. */
  startedAt: string;
  /** In milliseconds. */
  duration: number;
  /** What went wrong, and what to do. */
  message: string;
}

/** The same of a run that came to no report: one case, an error, so that nobody takes an earlier run's for this one's. */
export const failedJunitReport = ({ url, startedAt, duration, message }: FailedRun): string => {
  const count = { tests: 1, failures: 0, errors: 1 };
  const time = seconds(duration);
  const properties =
    url === undefined ? "" : `${element("properties", {}, [element("property", { name: "PBX", value: url })])}\n`;
  const [first = ""] = message.split("\n");
  const error = element("error", { message: first, type: "error" }, [xmlText(message)]);
  const attributes = { name: "The run is made", classname: "run.made", time };
  const suite = element("testsuite", { name: "callpark verify", ...count, skipped: 0, time, timestamp: startedAt }, [
    "\n",
    `${properties}${element("testcase", attributes, [error])}\n`,
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "callpark verify", ...count, time }, ["\n", `${suite}\n`])}\n`;
};

const numbers = (checks: CheckResult[], milliseconds: number): Record<string, string | number> => {
  const { failed, known, error, skipped } = count(checks);
  return {
    tests: checks.length,
    failures: failed,
    errors: error,
    skipped: skipped + known,
    time: seconds(milliseconds),
  };
};

const suite = (operation: string, checks: CheckResult[], report: Report, properties: string): string => {
  const time = checks.reduce((sum, check) => sum + check.duration, 0);
  const attributes = { name: operation, ...numbers(checks, time), timestamp: report.startedAt };
  return `${element("testsuite", attributes, ["\n", `${properties}\n`, ...checks.map(testcase)])}\n`;
};

const testcase = (check: CheckResult): string => {
  const attributes = { name: check.title, classname: check.id, time: seconds(check.duration) };
  return `${element("testcase", attributes, outcome(check))}\n`;
};

const outcome = (check: CheckResult): string[] => {
  const findings = findingsOf(check).filter(({ known }) => !known);
  const text = [...(check.reason ? [check.reason] : []), ...findings.map(describe)].join("\n\n");
  const message = check.reason ?? findings.map(({ code }) => code).join(", ");
  const seen = check.findings.filter(({ kind, known }) => kind === "observation" || known);
  const output = seen.length === 0 ? [] : [element("system-out", {}, [xmlText(seen.map(describe).join("\n\n"))])];
  switch (stateOf(check)) {
    case "passed":
      return output;
    case "known": {
      const words = findingsOf(check).flatMap(({ code, known }) => (known ? [`${code}: ${knownWords(known)}`] : []));
      return [element("skipped", { message: words.join("\n") }), ...output];
    }
    case "skipped":
      return [element("skipped", { message }), ...output];
    case "failed":
      return [element("failure", { message, type: findings[0]?.code ?? "failed" }, [xmlText(text)]), ...output];
    case "error":
      return [element("error", { message, type: findings[0]?.code ?? "error" }, [xmlText(text)]), ...output];
  }
};

const describe = ({ code, documented, received, location, curl, known }: Finding): string =>
  [
    code,
    ...(known ? [knownWords(known)] : []),
    `documented: ${documented}`,
    `received: ${received}`,
    ...(location ? [`spec: ${location.file}:${location.line}`] : []),
    ...(curl ? [curl] : []),
  ].join("\n");

/** A run that stopped early or did not restore must not look green to CI: it has cases of its own. */
const runCases = (report: Report): CheckResult[] => {
  const { restore, interrupted } = report;
  const base = { operation: "callpark verify", findings: [], requests: 0, duration: 0 };
  const cases: CheckResult[] = [];
  if (interrupted) {
    const { sentence } = verdictOf({ ...report, restore: { status: "not-needed" } });
    cases.push({ ...base, id: "run.finished", title: "The run is finished", status: "error", reason: sentence });
  }
  if (restore.status !== "not-needed") {
    const title = "The PBX has its own settings back";
    const status = restore.status === "failed" ? "failed" : "passed";
    const reason = restore.status === "failed" ? { reason: restoreText(report) } : {};
    cases.push({ ...base, id: "run.restored", title, status, ...reason });
  }
  return cases;
};

const restoreText = ({ restore }: Report): string =>
  [restore.detail ?? "Not restored.", ...restoreParts(restore).map(([title, text]) => `${title}: ${text}`)].join("\n");
