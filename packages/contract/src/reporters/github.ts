import type { Finding } from "../finding.ts";
import type { Report } from "../report.ts";
import { baselineLines } from "./baseline.ts";
import { knownWords } from "./known.ts";
import { findingsOf } from "./summary.ts";
import { printable } from "./text.ts";
import { notRestored, verdictOf } from "./verdict.ts";

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
      ...findingsOf(check).map(annotation),
    ]),
    ...baselineLines(report).map((line) => command("warning", { title: "Baseline" }, [line])),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

const annotation = ({ code, operation, documented, received, location, curl, known }: Finding): string =>
  command(
    known ? "warning" : "error",
    { ...(location && { file: location.file, line: location.line }), title: `${operation}: ${code}` },
    [
      ...(known ? [knownWords(known)] : []),
      `documented: ${documented}`,
      `received: ${received}`,
      ...(curl ? [curl] : []),
    ],
  );

const command = (level: "error" | "warning", properties: Record<string, string | number>, lines: string[]): string => {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${pairs.join(",")}::${data(lines.filter((line) => line !== "").join("\n"))}`;
};

const data = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => printable(line).replaceAll("%", "%25"))
    .join("%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
