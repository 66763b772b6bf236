import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument, type YAMLMap } from "yaml";
import type { BaselineEntry } from "../report.ts";
import { ConfigurationError } from "../target.ts";

/** Findings that are known, from a file. */
export interface Baseline {
  /** What reports call it. */
  file: string;
  entries: BaselineEntry[];
}

const needed = { code: "name the finding", owner: "say who answers for it", reason: "say why it stays" };
const names = ["code", "operation", "received", "owner", "reason", "until"];

/**
 * Reads a baseline: YAML, or JSON, which is YAML too.
 *
 * @throws ConfigurationError with every mistake, each with its line and what to do.
 */
export const parseBaseline = (text: string, file: string): Baseline => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const mistakes: string[] = [];
  const wrong = (at: ParsedNode | number | null | undefined, what: string): void => {
    const offset = typeof at === "number" ? at : (at?.range[0] ?? 0);
    mistakes.push(`${file}:${Math.max(1, lines.linePos(offset).line)}: ${what}`);
  };
  for (const { pos, message } of document.errors) wrong(pos[0], `this is no YAML: ${message}`);
  const entries =
    mistakes.length > 0 ? [] : listOf(document.contents, wrong).flatMap((node) => entryOf(node, lines, wrong));
  if (mistakes.length > 0) throw new ConfigurationError(mistakes.join("\n"));
  return { file, entries };
};

type Wrong = (at: ParsedNode | null | undefined, what: string) => void;

const listOf = (contents: ParsedNode | null, wrong: Wrong): ParsedNode[] => {
  const outline = 'a baseline is "findings:" with a list below it';
  if (!isMap<ParsedNode, ParsedNode>(contents)) {
    wrong(contents, outline);
    return [];
  }
  for (const { key } of contents.items)
    if (!isScalar(key) || key.value !== "findings") wrong(key, `there is no "${key}" in a baseline: ${outline}`);
  const list = contents.get("findings", true) as ParsedNode | undefined;
  if (isSeq<ParsedNode>(list)) return list.items;
  if (list !== undefined) wrong(list, outline);
  return [];
};

const entryOf = (node: ParsedNode, lines: LineCounter, wrong: Wrong): BaselineEntry[] => {
  if (!isMap<ParsedNode, ParsedNode>(node)) {
    wrong(node, `an entry has ${names.join(", ")}`);
    return [];
  }
  for (const { key } of node.items)
    if (!names.includes(String(key))) wrong(key, `there is no "${key}" in an entry: it has ${names.join(", ")}`);
  const fields = Object.fromEntries(names.map((name) => [name, textOf(node, name, wrong)]));
  for (const [name, what] of Object.entries(needed))
    if (!fields[name]?.trim()) wrong(node, `this entry has no ${name}: ${what}`);
  const { code = "", operation, received, owner = "", reason = "", until = "" } = fields;
  if (!isDate(until)) wrong((node.get("until", true) as ParsedNode | undefined) ?? node, untilHint(until));
  if (received !== undefined) checkPattern(received, (what) => wrong(node.get("received", true) as ParsedNode, what));
  const known = { code, owner, reason, until, line: lines.linePos(node.range[0]).line };
  return [{ ...known, ...(operation !== undefined && { operation }), ...(received !== undefined && { received }) }];
};

const textOf = (node: YAMLMap<ParsedNode, ParsedNode>, name: string, wrong: Wrong): string | undefined => {
  const value = node.get(name, true) as ParsedNode | undefined;
  if (value === undefined) return undefined;
  // As it is written: a received 1000 or a date may stand there without quotes.
  if (isScalar(value) && value.value !== null) return typeof value.value === "string" ? value.value : value.source;
  wrong(value, `${name} must be a text`);
  return undefined;
};

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

const untilHint = (until: string): string =>
  until === ""
    ? "this entry has no until: give its last day, such as 2026-12-31"
    : `until: ${until} is no date: write it as 2026-12-31`;

const checkPattern = (pattern: string, wrong: (what: string) => void): void => {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    wrong(`received: ${(error as Error).message}`);
  }
};
