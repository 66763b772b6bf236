import { createHash } from "node:crypto";
import type { Location, Log, Notification, ReportingDescriptor, Result, Run } from "sarif";
import type { Finding } from "../finding.ts";
import { exitCodeOf, type Report } from "../report.ts";
import { knownWords } from "./known.ts";
import { notRestored, verdictOf } from "./verdict.ts";

const information = "https://www.npmjs.com/package/callpark";
/** Code scanning wants a file for everything. */
const wholeDocument = "spec/openapi.yaml";

/** The findings as SARIF 2.1.0, each at the line of the specification that it breaks, for code scanning. */
export const sarifReport = (report: Report): string => {
  const findings = report.checks.flatMap((check) => check.findings);
  const rules = [...new Map(findings.map((finding) => [finding.code, ruleOf(finding)])).values()];
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const run: Run = {
    tool: {
      driver: {
        name: report.tool.name,
        semanticVersion: report.tool.version,
        informationUri: information,
        rules,
      },
    },
    automationDetails: { id: `callpark/${report.target.url}/` },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        startTimeUtc: report.startedAt,
        endTimeUtc: new Date(Date.parse(report.startedAt) + report.duration).toISOString(),
        exitCode: exitCodeOf(report),
        executionSuccessful: !report.interrupted && report.restore.status !== "failed",
        toolExecutionNotifications: notificationsOf(report),
      },
    ],
    results: findings.map((finding) => resultOf(finding, index.get(finding.code) ?? -1, report)),
  };
  const log: Log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const ruleOf = ({ code, kind, documented, operation }: Finding): ReportingDescriptor => ({
  id: code,
  shortDescription: { text: `${operation}: ${documented}` },
  defaultConfiguration: { level: kind === "finding" ? "error" : "note" },
});

const resultOf = (finding: Finding, ruleIndex: number, report: Report): Result => {
  const { code, kind, operation, documented, received, curl, known } = finding;
  return {
    ruleId: code,
    ruleIndex,
    level: kind === "finding" ? "error" : "note",
    message: {
      text: `${operation}: documented is ${documented}; received: ${received}${curl ? `\nSend it again: ${curl}` : ""}`,
    },
    locations: [locationOf(finding)],
    partialFingerprints: { "callpark/v1": fingerprint(report.target.url, code, operation) },
    ...(known && { suppressions: [{ kind: "external", status: "accepted", justification: knownWords(known) }] }),
  };
};

const locationOf = ({ location, operation }: Finding): Location => ({
  physicalLocation: {
    artifactLocation: { uri: location?.file ?? wholeDocument },
    region: { startLine: location?.line ?? 1 },
  },
  logicalLocations: [{ fullyQualifiedName: operation, kind: "function" }],
});

/** The same finding of the same PBX, from run to run: what was received may differ. */
const fingerprint = (...parts: string[]): string => createHash("sha256").update(parts.join("\n")).digest("hex");

/** What is no finding, and must be seen all the same. */
const notificationsOf = (report: Report): Notification[] => [
  ...report.checks
    .filter(({ status }) => status === "error")
    .map(({ id, reason = "" }) => notification("error", id, `${id}: ${reason}`)),
  ...(report.interrupted ? [notification("warning", "run.finished", verdictOf(report).sentence)] : []),
  ...(report.restore.status === "failed"
    ? [notification("error", "run.restored", `${notRestored(report)} ${report.restore.detail ?? ""}`.trim())]
    : []),
];

const notification = (level: "error" | "warning", id: string, text: string): Notification => ({
  level,
  descriptor: { id },
  message: { text },
});
