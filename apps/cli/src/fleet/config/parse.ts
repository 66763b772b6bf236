import { LineCounter, parseDocument } from "yaml";
import { type Problem, refuse } from "./problem.ts";
import { type Reading, readBySchema } from "./read-node.ts";
import { yamlProblems } from "./yaml-problems.ts";

/** A file as read, and how to refuse it: with every problem and its place. */
export interface Parsed extends Omit<Reading, "problems"> {
  refuse: (problems: readonly Problem[]) => void;
}

/** @throws UsageError where it is no YAML, or not as the schema says. */
export const parseConfig = (text: string, file: string): Parsed => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const refuseThis = (problems: readonly Problem[]): void => refuse(file, lines, problems);
  refuseThis(yamlProblems(text, document.errors, lines));
  const { value, places, problems } = readBySchema(document);
  refuseThis(problems);
  return { value, places, refuse: refuseThis };
};
