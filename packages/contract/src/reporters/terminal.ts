import { styleText } from "node:util";
import type { Finding } from "../finding.ts";
import { isLeftChanged } from "../left-changed.ts";
import type { CheckResult, Report } from "../report.ts";
import { type Alike, alikeIn, moreOf, toldOnce } from "./alike.ts";
import { baselineLines } from "./baseline.ts";
import { knownWords } from "./known.ts";
import { restoreParts } from "./restore.ts";
import { byOperation, findingsOf, observationsOf, skippedByReason, stateOf, totals } from "./summary.ts";
import { plural, printable, printableLines } from "./text.ts";
import { factsOf, notRestored, verdictOf } from "./verdict.ts";
import { wrap } from "./wrap.ts";

export interface TerminalOptions {
  /** Colours and bold. The caller knows whether the reader's terminal shows them. */
  color: boolean;
  /** Only the last line; settings that were not restored, by this run or an earlier one, are still said. @default false */
  quiet?: boolean;
  /** Where sentences are broken, in columns. Commands never are, so that they can be copied. @default never */
  width?: number;
}

type Style = Parameters<typeof styleText>[0];

/** How the report is put on the terminal at hand. */
interface Layout {
  paint: (style: Style, text: string) => string;
  /** A text in lines that begin under each other, so many columns from the left. */
  hang: (text: string, indent: number) => string;
  alike: ReadonlyMap<Finding, Alike>;
}

// The rest of the facts is in the last line.
const HEAD = new Set(["PBX", "Tenant", "Version", "Writes"]);
const NAMED_SKIPS = 3;
/** Narrower than this, lines that begin under each other are not worth it. */
const NARROWEST = 20;

const indent = (text: string, by: number): string => text.replaceAll("\n", `\n${" ".repeat(by)}`);

/** The report for people, in a terminal: what is wrong first to last, then one line of totals. */
export const terminalReport = (report: Report, options: TerminalOptions): string => {
  const { color, quiet = false, width = Number.POSITIVE_INFINITY } = options;
  const layout: Layout = {
    paint: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
    alike: alikeIn(report.checks),
    hang: (text, by) => indent(printableLines(wrap(text, Math.max(NARROWEST, width - by))), by),
  };
  const middle = quiet
    ? [notes(report.notes.filter(isLeftChanged), layout)]
    : [head(report, layout), ...operations(report, layout), skips(report, layout), notes(report.notes, layout)];
  const parts = [...middle, baseline(report, layout), restore(report, layout), last(report, layout)];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
};

const head = (report: Report, { paint, hang }: Layout): string =>
  factsOf(report)
    .filter(([name]) => HEAD.has(name))
    .map(([name, value]) => `${paint("dim", name.padEnd(8))} ${hang(value, 9)}`)
    .join("\n");

const operations = (report: Report, layout: Layout): string[] =>
  [...byOperation(report.checks)].flatMap(([operation, checks]) => {
    const wrong = checks.flatMap((check) => wrongLines(check, layout));
    const { told } = toldOnce(checks.flatMap(observationsOf), layout.alike);
    const seen = told.map((finding) => observationLine(finding, layout));
    if (wrong.length + seen.length === 0) return [];
    return [[layout.paint("bold", printable(operation)), ...wrong, ...seen].join("\n")];
  });

const wrongLines = (check: CheckResult, layout: Layout): string[] => {
  const { paint, hang, alike } = layout;
  const words = {
    failed: paint(["red", "bold"], "FAIL "),
    error: paint(["magenta", "bold"], "ERROR"),
    known: paint("yellow", "KNOWN"),
    passed: undefined,
    skipped: undefined,
  };
  const word = words[stateOf(check)];
  if (word === undefined) return [];
  const reason = check.reason ? [`        ${hang(check.reason, 8)}`] : [];
  const { told, like } = toldOnce(findingsOf(check), alike);
  return [
    `  ${word} ${hang(check.title, 8)} ${paint("dim", `(${printable(check.id)})`)}`,
    ...reason,
    ...told.map((finding) => findingLines(finding, layout)),
    ...[...like].map(([{ code }, count]) => `        ${count} like ${paint("red", printable(code))}`),
  ];
};

const findingLines = (finding: Finding, layout: Layout): string => {
  const { code, documented, received, location, curl, known } = finding;
  const { paint, hang, alike } = layout;
  const others = alike.get(finding);
  if (known) return `        ${paint("yellow", printable(code))}: ${hang(knownWords(known), 10)}`;
  const row = (name: string, value: string): string => `          ${paint("dim", name.padEnd(10))}  ${value}`;
  return [
    `        ${paint("red", printable(code))}`,
    row("documented", hang(documented, 22)),
    row("received", hang(received, 22)),
    ...(location ? [row("spec", `${location.file}:${location.line}`)] : []),
    ...(curl ? [row("curl", indent(printableLines(curl), 22))] : []),
    ...(others ? [row("alike", moreOf(others))] : []),
  ].join("\n");
};

const observationLine = (finding: Finding, { paint, hang, alike }: Layout): string => {
  const { code, documented, received } = finding;
  const others = alike.get(finding);
  const more = others ? ` (and ${moreOf(others)})` : "";
  return `  ${paint("yellow", "SEEN")}  ${hang(`${code}: ${received}; documented: ${documented}${more}`, 8)}`;
};

const skips = (report: Report, { hang }: Layout): string => {
  const lines = [...skippedByReason(report.checks)].map(([reason, checks]) => {
    const ids = checks.length > NAMED_SKIPS ? "" : ` (${checks.map(({ id }) => id).join(", ")})`;
    return `  ${hang(`${plural(checks.length, "check")}${ids}: ${reason}`, 4)}`;
  });
  return lines.length === 0 ? "" : ["Skipped", ...lines].join("\n");
};

const notes = (lines: readonly string[], { hang }: Layout): string =>
  lines.length === 0 ? "" : ["Notes", ...lines.map((note) => `  ${hang(note, 2)}`)].join("\n");

const baseline = (report: Report, { hang }: Layout): string => {
  const lines = baselineLines(report);
  return lines.length === 0 ? "" : ["Baseline", ...lines.map((line) => `  ${hang(line, 4)}`)].join("\n");
};

const restore = (report: Report, { paint, hang }: Layout): string => {
  const { restore } = report;
  if (restore.status !== "failed") return "";
  return [
    paint(["red", "bold", "inverse"], `NOT RESTORED: ${notRestored(report)}`),
    ...(restore.detail ? [`  ${hang(restore.detail, 2)}`] : []),
    ...restoreParts(restore).flatMap(([title, text]) => [`  ${title}:`, `    ${indent(printableLines(text), 4)}`]),
  ].join("\n");
};

const last = (report: Report, { paint }: Layout): string => {
  const { tone, title } = verdictOf(report);
  const style = ({ good: "green", bad: "red", unsure: "yellow" } as const)[tone];
  return `${paint([style, "bold"], title)}: ${totals(report)}`;
};
