/** Breaks each line between words where it would be longer than the width. A word that is longer stays whole. */
export const wrap = (text: string, width: number): string =>
  text
    .split("\n")
    .map((line) => wrapLine(line, width))
    .join("\n");

const wrapLine = (line: string, width: number): string => {
  if (line.length <= width) return line;
  const [first = "", ...words] = line.split(" ");
  const lines = [first];
  for (const word of words) {
    const last = lines.at(-1) ?? "";
    if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
};
