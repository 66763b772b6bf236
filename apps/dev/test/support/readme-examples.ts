import { stripTypeScriptTypes } from "node:module";

export interface Example {
  /** Where it stands: file and line. */
  at: string;
  /** The packages that it imports, without the paths inside them. */
  imports: string[];
  /** As JavaScript, which every Node runs. */
  code: string;
  /** As it stands. */
  source: string;
  /** What it says that it prints, line by line. */
  prints: string[];
}

const marked = /^<!-- run -->\n+```(ts|js)\n([\s\S]*?)^```$/gm;

/** The code blocks of a Markdown file with the line `<!-- run -->` before them. */
export const examplesOf = (file: string, markdown: string): Example[] =>
  [...markdown.replaceAll("\r\n", "\n").matchAll(marked)].map(({ index, 1: language, 2: code = "" }) => ({
    at: `${file}:${markdown.slice(0, index).split("\n").length}`,
    imports: [...new Set([...code.matchAll(/\bfrom "([^"]+)"|\bimport\(?"([^"]+)"/g)].map(packageOf))],
    code: language === "ts" ? stripTypeScriptTypes(code) : code,
    source: code,
    prints: printed(code),
  }));

/** The comment at the end of a line that prints, or those on the lines below it. */
const printed = (code: string): string[] =>
  [...code.matchAll(/^.*\bconsole\.log\(.*?(?:;| \{)(?: \/\/ (.*)$|\n((?:\/\/ .*\n)+))/gm)].flatMap(
    ([, beside, below = ""]) =>
      beside === undefined
        ? below
            .split("\n")
            .slice(0, -1)
            .map((line) => line.slice(3))
        : [beside],
  );

const packageOf = ([, named = "", bare = named]: RegExpMatchArray): string => {
  const [first = "", second] = (named || bare).split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
};
