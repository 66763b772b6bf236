import { readingsOf } from "./decoded.ts";
import { formsOf, shortestPart } from "./secret-forms.ts";

/** Hides every secret of the run in a text, as it stands and as encodings write it. */
export type Mask = (text: string) => string;

export const hidden = "•••";

// Shorter ones would hide half of every report.
const shortestSecret = 4;
/** So much of a long secret is hidden wherever it stands: a PBX may echo a token without its beginning. */
const longSecret = 20;
const longPart = 12;
/** Whoever looks at every so manyth place of a text meets each part that is long enough. */
const step = longPart / 2;

/** From where to where in a text. */
type Span = [from: number, to: number];

export interface Secrets {
  mask: Mask;
  add: (secret: string | undefined) => void;
  /**
   * A secret that the PBX made up for one purpose. It is hidden as a whole only: it may be made of what is no secret, an
   * id say, or be so short that half of a report would be hidden.
   */
  addWhole: (secret: string | undefined) => void;
}

/** `onSecret` is told each secret once. */
export const createMask = (onSecret: (secret: string) => void = () => undefined): Secrets => {
  /** The forms of every secret by how they begin, the longest first. */
  const forms = new Map<string, string[]>();
  const long = new Set<string>();
  const pieces = new Set<string>();
  const known = new Set<string>();
  const addForms = (secret: string) => {
    if (known.has(secret)) return;
    known.add(secret);
    onSecret(secret);
    for (const form of formsOf(secret)) {
      const start = form.slice(0, shortestSecret);
      const alike = new Set([...(forms.get(start) ?? []), form]);
      forms.set(
        start,
        [...alike].sort((one, other) => other.length - one.length),
      );
    }
  };
  const spansIn = (text: string) => [...wholes(text, forms), ...parts(text, long, pieces)];
  return {
    add: (secret) => {
      if (secret === undefined || secret.length < shortestSecret) return;
      addForms(secret);
      if (secret.length < longSecret || long.has(secret)) return;
      long.add(secret);
      for (let at = 0; at + step <= secret.length; at += 1) pieces.add(secret.slice(at, at + step));
    },
    addWhole: (secret) => {
      if (secret !== undefined && secret.length >= shortestPart) addForms(secret);
    },
    mask: (text) => {
      const spans = readingsOf(text).flatMap(({ text: read, places }) =>
        spansIn(read).map(([from, to]): Span => [places?.[from] ?? from, places?.[to] ?? to]),
      );
      return without(text, spans);
    },
  };
};

/** Where the forms of secrets stand: whole, or cut short, as reports cut long texts and a secret with them. */
const wholes = (text: string, forms: ReadonlyMap<string, readonly string[]>): Span[] => {
  const spans: Span[] = [];
  for (let at = 0; at + shortestSecret <= text.length; at += 1) {
    const alike = forms.get(text.slice(at, at + shortestSecret));
    if (alike === undefined) continue;
    const whole = alike.find((form) => text.startsWith(form, at));
    if (whole !== undefined) {
      spans.push([at, at + whole.length]);
      continue;
    }
    const ellipsis = text.indexOf("…", at);
    const end = ellipsis === -1 ? text.length : ellipsis;
    if (end - at < shortestPart) continue;
    const cut = alike.some((form) => end - at < form.length && form.startsWith(text.slice(at, end)));
    if (cut) spans.push([at, end]);
  }
  return spans;
};

/** Where long parts of secrets stand. */
const parts = (text: string, secrets: ReadonlySet<string>, pieces: ReadonlySet<string>): Span[] => {
  const spans: Span[] = [];
  for (let at = 0; at + step <= text.length; at += step) {
    if (at < (spans.at(-1)?.[1] ?? 0) || !pieces.has(text.slice(at, at + step))) continue;
    const [from, to] = longestPart(text, at, secrets);
    if (to - from >= longPart) spans.push([from, to]);
  }
  return spans;
};

/** From where to where a text is the same as one of the secrets, around a piece of it that is. */
const longestPart = (text: string, at: number, secrets: ReadonlySet<string>): Span => {
  let longest: Span = [at, at];
  for (const secret of secrets) {
    const piece = text.slice(at, at + step);
    for (let place = secret.indexOf(piece); place !== -1; place = secret.indexOf(piece, place + 1)) {
      let [before, after] = [0, step];
      while (at > before && place > before && text[at - before - 1] === secret[place - before - 1]) before += 1;
      while (place + after < secret.length && text[at + after] === secret[place + after]) after += 1;
      if (before + after > longest[1] - longest[0]) longest = [at - before, at + after];
    }
  }
  return longest;
};

/** A text with each place hidden once; what overlaps is one place. */
const without = (text: string, spans: readonly Span[]): string => {
  if (spans.length === 0) return text;
  let masked = "";
  let end = 0;
  for (const [from, to] of [...spans].sort(([one], [other]) => one - other)) {
    if (from >= end) masked += text.slice(end, from) + hidden;
    end = Math.max(end, to);
  }
  return masked + text.slice(end);
};
