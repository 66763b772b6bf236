/** Hides every secret of the run in a text, as it stands and as encodings write it. */
export type Mask = (text: string) => string;

export const hidden = "•••";

// Shorter ones would hide half of every report.
const shortestSecret = 4;
/** So much of a secret may stand at the end of a text that was cut short. */
const shortestPart = 8;

export const createMask = (): { mask: Mask; add: (secret: string | undefined) => void } => {
  let forms: string[] = [];
  return {
    add: (secret) => {
      if (secret === undefined || secret.length < shortestSecret) return;
      // Longest first: a form may be part of another.
      forms = [...new Set([...forms, ...formsOf(secret)])].sort((one, other) => other.length - one.length);
    },
    mask: (text) => forms.reduce((masked, form) => withoutCut(masked.replaceAll(form, hidden), form), text),
  };
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
