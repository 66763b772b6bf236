/** What the predicates call. */

export const isRecord = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Has the text at most so many characters? One beyond the first plane counts once, though it is two of `length`. */
export const fits = (text: string, most: number): boolean =>
  text.length <= most || (text.length <= 2 * most && [...text].length <= most);

/** A hole in an array is no item, as it is for ajv; `Array.every` would pass over it. */
export const every = (items: readonly unknown[], is: (item: unknown) => boolean): boolean => {
  for (const item of items) if (!is(item)) return false;
  return true;
};

/** From `least` to `most` digits, 0 to 9, and nothing else. */
export const isDigits = (text: string, least: number, most: number): boolean => {
  let at = text.length;
  if (at < least || at > most) return false;
  while (at > 0) {
    at -= 1;
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
};
