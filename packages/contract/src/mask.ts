/** Hides every secret of the run in a text, as it stands and as encodings write it. */
export type Mask = (text: string) => string;

export const hidden = "•••";

// Shorter ones would hide half of every report.
const shortestSecret = 4;
/** So much of a secret may stand at the end of a text that was cut short. */
const shortestPart = 8;
/** So much of a long secret is hidden wherever it stands: a PBX may echo a token without its beginning. */
const longSecret = 20;
const longPart = 12;
/** Whoever looks at every so manyth place of a text meets each part that is long enough. */
const step = longPart / 2;

export const createMask = (): { mask: Mask; add: (secret: string | undefined) => void } => {
  let forms: string[] = [];
  const long = new Set<string>();
  const pieces = new Set<string>();
  return {
    add: (secret) => {
      if (secret === undefined || secret.length < shortestSecret) return;
      // Longest first: a form may be part of another.
      forms = [...new Set([...forms, ...formsOf(secret)])].sort((one, other) => other.length - one.length);
      if (secret.length < longSecret) return;
      long.add(secret);
      for (let at = 0; at + step <= secret.length; at += 1) pieces.add(secret.slice(at, at + step));
    },
    mask: (text) =>
      withoutParts(
        forms.reduce((masked, form) => withoutCut(masked.replaceAll(form, hidden), form), text),
        long,
        pieces,
      ),
  };
};

/** Hides what is a long part of a secret, wherever in the text it is. */
const withoutParts = (text: string, secrets: ReadonlySet<string>, pieces: ReadonlySet<string>): string => {
  let masked = "";
  let done = 0;
  for (let at = 0; at + step <= text.length; at += step) {
    if (at < done || !pieces.has(text.slice(at, at + step))) continue;
    const [from, to] = longestPart(text, at, secrets);
    if (to - from < longPart) continue;
    masked += text.slice(done, Math.max(from, done)) + hidden;
    done = to;
  }
  return masked + text.slice(done);
};

/** From where to where a text is the same as one of the secrets, around a piece of it that is. */
const longestPart = (text: string, at: number, secrets: ReadonlySet<string>): [from: number, to: number] => {
  let longest: [number, number] = [at, at];
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

const formsOf = (secret: string): string[] => {
  const written = JSON.stringify(secret).slice(1, -1);
  const plain = [secret, written, JSON.stringify(written).slice(1, -1), encodeURIComponent(secret), ...base64(secret)];
  return [
    ...plain,
    ...plain.map((form) => encodeURIComponent(form).replace(/%[0-9A-F]{2}/g, (at) => at.toLowerCase())),
  ];
};

/** The secret alone, and what is left of it in the middle of other bytes, whichever third of a group it begins at. */
const base64 = (secret: string): string[] => {
  const whole = (["base64", "base64url"] as const).map((encoding) => Buffer.from(secret).toString(encoding));
  const inside = [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.from("\0".repeat(offset) + secret);
    const first = Math.ceil((offset * 4) / 3);
    const last = Math.floor((padded.length * 8) / 6);
    return (["base64", "base64url"] as const).map((encoding) => padded.toString(encoding).slice(first, last));
  });
  return [...whole, ...inside.filter((form) => form.length >= shortestPart)];
};

/** Reports cut long texts, and a secret with them. */
const withoutCut = (text: string, form: string): string => {
  if (form.length <= shortestPart || !text.includes(form.slice(0, shortestPart))) return text;
  return text.replaceAll(new RegExp(`${literal(form.slice(0, shortestPart))}[^…]*(?=…|$)`, "g"), (found) =>
    form.startsWith(found) ? hidden : found,
  );
};

const literal = (text: string): string => text.replace(/[^A-Za-z0-9]/g, (character) => `\\u${byCode(character)}`);

const byCode = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, "0");
