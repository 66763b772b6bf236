import { printable } from "./text.ts";

/** A workflow command of GitHub Actions, in one line whatever the texts hold. */
export const workflowCommand = (
  level: "error" | "warning",
  properties: Record<string, string | number>,
  lines: string[],
): string => {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${pairs.join(",")}::${data(lines.filter((line) => line !== "").join("\n"))}`;
};

const data = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => printable(line).replaceAll("%", "%25"))
    .join("%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
