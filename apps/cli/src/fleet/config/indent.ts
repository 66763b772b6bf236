const columnsOf = (line: string): number[] => {
  const [, spaces = "", dashes = ""] = /^( *)((?:- +)*)/.exec(line) ?? [];
  const columns = [spaces.length];
  for (const [dash] of dashes.matchAll(/- +/g)) columns.push((columns.at(-1) ?? 0) + dash.length);
  return columns;
};

/** How far a line can be indented after these, innermost first: as an entry of a list, or as what stands in one. */
const fitting = (before: readonly string[]): number[] => {
  const fits: number[] = [];
  for (const line of before.toReversed()) {
    if (/^ *(?:#|$)/.test(line)) continue;
    const outermost = fits.at(-1) ?? Number.POSITIVE_INFINITY;
    fits.push(
      ...columnsOf(line)
        .filter((column) => column < outermost)
        .reverse(),
    );
  }
  return fits;
};

/** What is wrong with a line's indentation, and what would fit. `line` counts from 1. */
export const indentWords = (text: string, line: number): string => {
  const lines = text.split(/\r?\n/);
  const indent = /^ */.exec(lines[line - 1] ?? "")?.[0].length ?? 0;
  const fits = fitting(lines.slice(0, line - 1)).filter((column) => column !== indent);
  const would = fits.join(", ").replace(/, (?=\d+$)/, " or ");
  const by = `${indent} space${indent === 1 ? "" : "s"}`;
  return `this line is indented by ${by}, which fits nothing before it${would === "" ? "" : `: ${would} would`}`;
};
