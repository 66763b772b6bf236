import type { ErrorCode, LineCounter, YAMLParseError } from "yaml";
import { indentWords } from "./indent.ts";
import type { Problem } from "./problem.ts";

// The parser's own messages quote the text, which may hold a secret. Not shown, they tell apart what has one code.
const WORDS: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: "this is not indented as what it belongs to",
  BLOCK_AS_IMPLICIT_KEY: "a key and its value cannot stand in the middle of a line",
  DUPLICATE_KEY: "this key stands here twice: keep one",
  MISSING_CHAR: "a colon, a comma or a bracket is missing here",
  MULTILINE_IMPLICIT_KEY: "a colon is missing in this line",
  MULTIPLE_DOCS: "a second document begins here: keep one",
  TAB_AS_INDENT: "this is indented with a tab: use spaces",
};
const wrongIndent = /^(?:All \w+ items must|Sequence item without|A block sequence may not)/;
const byMessage: [message: RegExp, words: string][] = [
  [/^Implicit map keys/, "a colon is missing in this line"],
  [/^Missing closing .quote/, "a quote that was opened before is not closed"],
  [/^Flow .+ end with a|^Expected flow .+ end with/, "a bracket that was opened before is not closed"],
];

/** What keeps a text from being YAML: of each line, what comes first. After a line that is wrongly indented the rest only seems wrong. */
export const yamlProblems = (text: string, errors: readonly YAMLParseError[], lines: LineCounter): Problem[] => {
  const problems = new Map<number, Problem>();
  for (const error of errors) {
    const at = badlyIndented(text, error, errors);
    const place = at ?? error.pos[0];
    const { line } = lines.linePos(place);
    if (at === undefined && isToldByNext(error, errors)) continue;
    const message = at === undefined ? wordsOf(error) : indentWords(text, line);
    if (!problems.has(line)) problems.set(line, { at: place, message });
    if (at !== undefined) break;
  }
  return [...problems.values()];
};

const wordsOf = ({ code, message }: YAMLParseError): string =>
  byMessage.find(([pattern]) => pattern.test(message))?.[1] ?? WORDS[code] ?? "this is not YAML as it can be read";

/** Where the line begins that an error is about, where it is one of indentation. */
const badlyIndented = (
  text: string,
  { code, message, pos: [start, end] }: YAMLParseError,
  errors: readonly YAMLParseError[],
): number | undefined => {
  const first = (offset: number): number => {
    const from = text.lastIndexOf("\n", offset - 1) + 1;
    // The parser counts blank lines and comments before it to what comes.
    return from + (/^(?: *(?:#.*)?\r?\n)* */.exec(text.slice(from))?.[0].length ?? 0);
  };
  // A line that goes too far in is taken for a part of the value before it.
  if (code === "MULTILINE_IMPLICIT_KEY") return errors.some(isNestedAt(start)) ? first(end) : undefined;
  const isOutside = message.endsWith("at node end") && first(start) === start && text[start - 1] !== " ";
  return wrongIndent.test(message) || isOutside ? first(start) : undefined;
};

const isNestedAt =
  (offset: number) =>
  ({ code, pos: [start] }: YAMLParseError): boolean =>
    code === "BLOCK_AS_IMPLICIT_KEY" && start === offset;

/** Is the line after it to blame, as another error says? */
const isToldByNext = (error: YAMLParseError, errors: readonly YAMLParseError[]): boolean =>
  isNestedAt(error.pos[0])(error) &&
  errors.some(({ code, pos: [start] }) => code === "MULTILINE_IMPLICIT_KEY" && start === error.pos[0]);
