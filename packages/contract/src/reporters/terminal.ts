import { styleText } from "node:util";
import type { Finding } from "../finding.ts";
import type { CheckResult, Report } from "../report.ts";
import { byOperation, findingsOf, observationsOf, skippedByReason, totals } from "./summary.ts";
import { plural, pretty, printable, printableLines } from "./text.ts";
import { factsOf, notRestored, verdictOf } from "./verdict.ts";

export interface TerminalOptions {
  /** Colours and bold. The caller knows whether the reader's terminal shows them. */
  color: boolean;
  /** Only the last line; settings that were not restored are still said. @default false */
  quiet?: boolean;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

// The rest of the facts is in the last line.
const HEAD = new Set(["PBX", "Tenant", "Version", "Writes"]);
const NAMED_SKIPS = 3;

const indent = (text: string, by: string): string => text.replaceAll("\n", `\n${by}`);

/** The report for people, in a terminal: what is wrong first to last, then one line of totals. */
export const terminalReport = (report: Report, { color, quiet = false }: TerminalOptions): string => {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const middle = quiet ? [] : [head(report, paint), ...operations(report, paint), skips(report), notes(report)];
  const parts = [...middle, restore(report, paint), last(report, paint)].filter((part) => part !== "");
  return `${parts.join("\n\n")}\n`;
};

const head = (report: Report, paint: Paint): string =>
  factsOf(report)
    .filter(([name]) => HEAD.has(name))
    .map(([name, value]) => `${paint("dim", name.padEnd(8))} ${printable(value)}`)
    .join("\n");

const operations = (report: Report, paint: Paint): string[] =>
  [...byOperation(report.checks)].flatMap(([operation, checks]) => {
    const wrong = checks.flatMap((check) => wrongLines(check, paint));
    const seen = checks.flatMap(observationsOf).map((finding) => observationLine(finding, paint));
    if (wrong.length + seen.length === 0) return [];
    return [[paint("bold", printable(operation)), ...wrong, ...seen].join("\n")];
  });

const wrongLines = (check: CheckResult, paint: Paint): string[] => {
  if (check.status !== "failed" && check.status !== "error") return [];
  const word = check.status === "failed" ? paint(["red", "bold"], "FAIL ") : paint(["magenta", "bold"], "ERROR");
  const reason = check.reason ? [`        ${indent(printableLines(check.reason), " ".repeat(8))}`] : [];
  return [
    `  ${word} ${printable(check.title)} ${paint("dim", `(${printable(check.id)})`)}`,
    ...reason,
    ...findingsOf(check).map((finding) => findingLines(finding, paint)),
  ];
};

const findingLines = ({ code, documented, received, location, curl }: Finding, paint: Paint): string => {
  const rows = [
    ["documented", documented],
    ["received", received],
    ...(location ? [["spec", `${location.file}:${location.line}`]] : []),
    ...(curl ? [["curl", curl]] : []),
  ];
  const row = ([name = "", value = ""]: string[]): string =>
    `          ${paint("dim", name.padEnd(10))}  ${indent(printableLines(value), " ".repeat(22))}`;
  return [`        ${paint("red", printable(code))}`, ...rows.map(row)].join("\n");
};

const observationLine = ({ code, documented, received }: Finding, paint: Paint): string =>
  `  ${paint("yellow", "SEEN")}  ${printable(code)}: ${printable(received)}; documented: ${printable(documented)}`;

const skips = (report: Report): string => {
  const lines = [...skippedByReason(report.checks)].map(([reason, checks]) => {
    const ids = checks.length > NAMED_SKIPS ? "" : ` (${checks.map(({ id }) => printable(id)).join(", ")})`;
    return `  ${plural(checks.length, "check")}${ids}: ${printable(reason)}`;
  });
  return lines.length === 0 ? "" : ["Skipped", ...lines].join("\n");
};

const notes = ({ notes }: Report): string =>
  notes.length === 0 ? "" : ["Notes", ...notes.map((note) => `  ${indent(printableLines(note), "  ")}`)].join("\n");

const restore = (report: Report, paint: Paint): string => {
  const { restore } = report;
  if (restore.status !== "failed") return "";
  const block = (name: string, value: unknown): string[] =>
    value === undefined ? [] : [`  ${name}`, `    ${indent(printableLines(pretty(value)), "    ")}`];
  return [
    paint(["red", "bold", "inverse"], `NOT RESTORED: ${notRestored(report)}`),
    ...(restore.detail ? [`  ${indent(printableLines(restore.detail), "  ")}`] : []),
    ...block("What was there:", restore.before),
    ...block("What is there now:", restore.now),
    ...(restore.curl ? ["  To put it back by hand:", `    ${indent(printableLines(restore.curl), "    ")}`] : []),
  ].join("\n");
};

const last = (report: Report, paint: Paint): string => {
  const { tone, title } = verdictOf(report);
  const style = ({ good: "green", bad: "red", unsure: "yellow" } as const)[tone];
  return `${paint([style, "bold"], title)}: ${totals(report)}`;
};
