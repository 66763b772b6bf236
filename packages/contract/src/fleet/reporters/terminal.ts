import { styleText } from "node:util";
import { isLeftChanged } from "../../left-changed.ts";
import { moreOf, toldOnce } from "../../reporters/alike.ts";
import { restoreParts } from "../../reporters/restore.ts";
import { duration, plural, printable, printableLines } from "../../reporters/text.ts";
import type { FleetReport, TargetResult } from "../report.ts";
import { fleetBaselineLines } from "./baseline.ts";
import { alikeAcross, checksAcross, type FindingAcross } from "./by-check.ts";
import { type Cell, matrixOf } from "./matrix.ts";
import { namesOf } from "./names.ts";
import { titleOf, verdictOfFleet } from "./verdict.ts";
import { targetWords } from "./words.ts";

export interface FleetTerminalOptions {
  /** Colours and bold. The caller knows whether the reader's terminal shows them. */
  color: boolean;
  /** Only the last line; settings that were not restored, by this run or an earlier one, are still said. @default false */
  quiet?: boolean;
  /** How wide a table may be, in characters. @default 100 */
  width?: number;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const TONES = { good: "green", bad: "red", unsure: "yellow" } as const;
const CELLS: Record<NonNullable<Cell>, { word: string; style: Style }> = {
  passed: { word: "ok", style: "green" },
  failed: { word: "FAIL", style: ["red", "bold"] },
  known: { word: "known", style: "yellow" },
  error: { word: "ERROR", style: ["magenta", "bold"] },
  skipped: { word: "skip", style: "dim" },
};
const NOT_RUN = { word: "-", style: "dim" as Style };
const NARROWEST = 5;
/** So many answers are told beside the first one. */
const fewAnswers = 3;

/** A fleet's report for people, in a terminal: what differs between the targets, what is wrong, and each target in a line. */
export const fleetTerminalReport = (report: FleetReport, options: FleetTerminalOptions): string => {
  const { color, quiet = false, width = 100 } = options;
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const middle = quiet
    ? [notes(report, isLeftChanged)]
    : [...tables(report, paint, width), findings(report, paint), targets(report, paint), notes(report)];
  const parts = [
    ...middle,
    baseline(report),
    ...report.targets.map((target) => notRestored(target, paint)),
    last(report, paint),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
};

/** As many tables as it takes for each to fit the width. */
const tables = (report: FleetReport, paint: Paint, width: number): string[] => {
  const { columns, rows, others } = matrixOf(report);
  if (rows.length === 0) return [];
  const first = Math.max("Check".length, ...rows.map(({ id }) => id.length));
  const sizes = columns.map(({ name }) => Math.max(NARROWEST, name.length) + 2);
  const blocks: number[][] = [];
  let room = 0;
  for (const [at, size] of sizes.entries()) {
    const block = blocks.at(-1);
    if (block === undefined || size > room) {
      blocks.push([at]);
      room = width - first - size;
    } else {
      block.push(at);
      room -= size;
    }
  }
  const line = (id: string, texts: string[]): string => `${id}${texts.join("")}`.trimEnd();
  const drawn = blocks.map((block) =>
    [
      line(
        paint("bold", "Check".padEnd(first)),
        block.map((at) => `  ${paint("bold", (columns[at]?.name ?? "").padEnd((sizes[at] ?? 0) - 2))}`),
      ),
      ...rows.map(({ id, cells }) =>
        line(
          id.padEnd(first),
          block.map((at) => {
            const { word, style } = cells[at] === undefined ? NOT_RUN : CELLS[cells[at]];
            return `  ${paint(style, word)}${" ".repeat((sizes[at] ?? 0) - 2 - word.length)}`;
          }),
        ),
      ),
    ].join("\n"),
  );
  return others === 0 ? drawn : [...drawn, `${plural(others, "other target")} passed all of these.`];
};

const findings = (report: FleetReport, paint: Paint): string => {
  const checks = checksAcross(report);
  const alike = alikeAcross(checks);
  const all = checks.flatMap(({ id, findings }) => findings.map((found) => ({ check: id, ...found })));
  const told = new Set(
    toldOnce(
      all.map(({ finding }) => finding),
      alike,
    ).told,
  );
  const blocks = all
    .filter(({ finding }) => told.has(finding))
    .map(({ check, finding, targets: names, received }) => {
      const { code, documented, location, curl } = finding;
      const others = alike.get(finding);
      const rows = [
        ["targets", namesOf(names)],
        ["documented", documented],
        ["received", finding.received],
        ...(received.length > 1 ? [["elsewhere", elsewhere(received.slice(1))]] : []),
        ...(location ? [["spec", `${location.file}:${location.line}`]] : []),
        ...(curl ? [["curl", curl]] : []),
        ...(others ? [["alike", moreOf(others)]] : []),
      ];
      const text = rows.map(
        ([name = "", value = ""]) =>
          `    ${paint("dim", name.padEnd(10))}  ${printableLines(value).replaceAll("\n", `\n${" ".repeat(16)}`)}`,
      );
      return [`  ${paint("red", printable(code))} ${paint("dim", `(${printable(check)})`)}`, ...text].join("\n");
    });
  return blocks.length === 0 ? "" : [paint("bold", "Findings"), ...blocks].join("\n");
};

/** What the other targets answered with, where that is not the same. */
const elsewhere = (answers: FindingAcross["received"]): string => {
  const more = answers.length - fewAnswers;
  return [
    ...answers.slice(0, fewAnswers).map(({ text, targets: names }) => `${text} (${namesOf(names)})`),
    ...(more > 0 ? [`and ${plural(more, "other answer")}`] : []),
  ].join("\n");
};

const targets = ({ targets: all }: FleetReport, paint: Paint): string => {
  if (all.length === 0) return "";
  const names = Math.max(...all.map(({ name }) => name.length));
  const titles = Math.max(...all.map((target) => titleOf(target).title.length));
  const lines = all.map((target) => {
    const { title, tone } = titleOf(target);
    return `  ${target.name.padEnd(names)}  ${paint(TONES[tone], title.padEnd(titles))}  ${printable(targetWords(target))}`;
  });
  return [paint("bold", "Targets"), ...lines].join("\n");
};

const notes = ({ targets: all }: FleetReport, isTold: (note: string) => boolean = () => true): string => {
  const lines = all.flatMap(({ name, notes: own }) =>
    own.filter(isTold).map((note) => `  ${name}: ${printableLines(note).replaceAll("\n", "\n  ")}`),
  );
  return lines.length === 0 ? "" : ["Notes", ...lines].join("\n");
};

const baseline = (report: FleetReport): string => {
  const lines = fleetBaselineLines(report);
  return lines.length === 0 ? "" : ["Baseline", ...lines.map((line) => `  ${printable(line)}`)].join("\n");
};

const notRestored = ({ name, url, restore }: TargetResult, paint: Paint): string => {
  if (restore.status !== "failed") return "";
  const block = ([title, value]: [string, string]): string[] => [
    `  ${title}:`,
    `    ${printableLines(value).replaceAll("\n", "\n    ")}`,
  ];
  return [
    paint(["red", "bold", "inverse"], `NOT RESTORED: ${name} (${printable(url)})`),
    ...(restore.detail ? [`  ${printableLines(restore.detail)}`] : []),
    ...restoreParts(restore).flatMap(block),
  ].join("\n");
};

const last = (report: FleetReport, paint: Paint): string => {
  const { title, tone, sentence } = verdictOfFleet(report);
  const requests = report.targets.reduce((sum, target) => sum + target.requests, 0);
  return `${paint([TONES[tone], "bold"], title)}: ${sentence}; ${plural(requests, "request")}, ${duration(report.duration)}`;
};
