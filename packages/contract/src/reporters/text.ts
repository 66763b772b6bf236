/** An unprintable character by its number, so that it can be read: `\u001b`. */
export const byNumber = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;

/** What a PBX sent must not move the cursor, colour the terminal, turn the reading direction or give orders to a CI system. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]|#(?=#\[)/gu, byNumber);

/** As `printable`, for text that has lines of its own: GitHub takes one that begins with `::` for a command. */
export const printableLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => printable(line).replace(/^(\s*):(?=:)/, `$1${byNumber(":")}`))
    .join("\n");

export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

export const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** A value of the PBX as text: what was there, what is there now. */
export const pretty = (value: unknown): string => JSON.stringify(value, null, 2) ?? "nothing";
