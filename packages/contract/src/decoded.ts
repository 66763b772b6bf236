/** A text, and where in the text that it was made of each of its characters begins; one place more says where the last ends. */
export interface Reading {
  text: string;
  places?: readonly number[];
}

// One by one: of an HTML entity, of a URL, of JSON and of program code. What takes several of them for one letter is left.
const escapes =
  /&#(\d{1,7});|&#x([0-9a-f]{1,6});|&(amp|lt|gt|quot|apos);|%([0-7][0-9a-f])|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/])/gi;
const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
/** So often may a text be written into another one. */
const deepest = 6;
const lastCharacter = 0x10ffff;

/** A text as it stands, and as whoever undoes its escapes reads it: once, and again, until none are left. */
export const readingsOf = (text: string): Reading[] => {
  const readings: Reading[] = [{ text }];
  for (let depth = 0; depth < deepest; depth += 1) {
    const next = undone(readings.at(-1) as Reading);
    if (next === undefined) break;
    readings.push(next);
  }
  return readings;
};

/** A text with no escape left in it. */
export const plainOf = (text: string): string => readingsOf(text).at(-1)?.text ?? text;

const undone = ({ text, places }: Reading): Reading | undefined => {
  const found = [...text.matchAll(escapes)];
  if (found.length === 0) return undefined;
  let read = "";
  const from: number[] = [];
  let done = 0;
  const take = (part: string, place: (index: number) => number) => {
    for (let index = 0; index < part.length; index += 1) from.push(place(index));
    read += part;
  };
  const origin = (index: number) => places?.[index] ?? index;
  for (const match of found) {
    const start = done;
    take(text.slice(start, match.index), (index) => origin(start + index));
    take(characterOf(match), () => origin(match.index));
    done = match.index + match[0].length;
  }
  const rest = done;
  take(text.slice(rest), (index) => origin(rest + index));
  return { text: read, places: [...from, origin(text.length)] };
};

const characterOf = ([whole, decimal, ...others]: RegExpMatchArray): string => {
  const [hex, name, inUrl, inJson, inCode, itself] = others;
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  if (itself !== undefined) return itself;
  const code = decimal === undefined ? Number.parseInt(hex ?? inUrl ?? inJson ?? inCode ?? "", 16) : Number(decimal);
  return code <= lastCharacter ? String.fromCodePoint(code) : whole;
};
