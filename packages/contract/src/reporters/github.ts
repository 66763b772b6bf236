import type { Finding } from "../finding.ts";
import type { Report } from "../report.ts";
import { baselineLines } from "./baseline.ts";
import { knownWords } from "./known.ts";
import { findingsOf } from "./summary.ts";
import { notRestored, verdictOf } from "./verdict.ts";
import { workflowCommand as command } from "./workflow-command.ts";

/** The findings as workflow commands, which GitHub Actions shows at the line of the specification. */
export const githubAnnotations = (report: Report): string => {
  const { checks, interrupted, restore } = report;
  const lines = [
    ...(restore.status === "failed"
      ? [command("error", { title: "NOT RESTORED" }, [notRestored(report), restore.detail ?? ""])]
      : []),
    ...(interrupted ? [command("error", { title: "Interrupted" }, [verdictOf(report).sentence])] : []),
    ...checks.flatMap((check) => [
      ...(check.status === "error" ? [command("error", { title: check.id }, [check.title, check.reason ?? ""])] : []),
      ...findingsOf(check).map((one) => annotation(one)),
    ]),
    ...baselineLines(report).map((line) => command("warning", { title: "Baseline" }, [line])),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

/** @param where - What stands before it, of many targets: which. */
export const annotation = (
  { code, operation, documented, received, location, curl, known }: Finding,
  where: string[] = [],
): string =>
  command(
    known ? "warning" : "error",
    { ...(location && { file: location.file, line: location.line }), title: `${operation}: ${code}` },
    [
      ...where,
      ...(known ? [knownWords(known)] : []),
      `documented: ${documented}`,
      `received: ${received}`,
      ...(curl ? [curl] : []),
    ],
  );
