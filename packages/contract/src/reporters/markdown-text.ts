import type { Finding } from "../finding.ts";
import { printable } from "./text.ts";

const LONGEST = 2000;

export const MARKS = { good: "✅", bad: "❌", unsure: "⚠️" };

/** Text that means nothing to Markdown or HTML. */
export const plain = (text: string): string =>
  printable(text.replace(/\s+/g, " ")).replace(
    /[\\`*_{}[\]()<>#|~&@:]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );

/** Text as it is, in a fence that is longer than any in it. */
export const fence = (text: string): string => {
  const ticks = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = "`".repeat(ticks + 1);
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `${mark}\n${short.split(/\r?\n/).map(printable).join("\n")}\n${mark}`;
};

/** What a finding says, in lines. */
export const partsOf = ({ documented, received, location, curl }: Finding): string =>
  [
    `documented  ${documented}`,
    `received    ${received}`,
    ...(location ? [`spec        ${location.file}:${location.line}`] : []),
    ...(curl ? [`curl        ${curl}`] : []),
  ].join("\n");

/** Lines under a title, if there are any. */
export const list = (title: string, lines: string[]): string =>
  lines.length === 0 ? "" : `### ${title}\n\n${lines.map((line) => `- ${line}`).join("\n")}`;
