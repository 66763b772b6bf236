import { type ErrorCode, LineCounter, parseDocument } from "yaml";
import { type Problem, refuse } from "./problem.ts";
import { type Reading, readBySchema } from "./read-node.ts";

// The parser's own messages quote the text, which may hold a secret.
const WORDS: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: "this is not indented as what it belongs to",
  BLOCK_AS_IMPLICIT_KEY: "a key and its value cannot stand in the middle of a line",
  DUPLICATE_KEY: "this key stands here twice: keep one",
  MISSING_CHAR: "a colon, a quote or a bracket is missing here",
  MULTIPLE_DOCS: "a second document begins here: keep one",
  TAB_AS_INDENT: "this is indented with a tab: use spaces",
};

/** A file as read, and how to refuse it: with every problem and its place. */
export interface Parsed extends Omit<Reading, "problems"> {
  refuse: (problems: readonly Problem[]) => void;
}

/** @throws UsageError where it is no YAML, or not as the schema says. */
export const parseConfig = (text: string, file: string): Parsed => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const refuseThis = (problems: readonly Problem[]): void => refuse(file, lines, problems);
  refuseThis(
    document.errors.map(({ code, pos: [at] }) => ({
      at,
      message: WORDS[code] ?? "this is not YAML as it can be read",
    })),
  );
  const { value, places, problems } = readBySchema(document);
  refuseThis(problems);
  return { value, places, refuse: refuseThis };
};
