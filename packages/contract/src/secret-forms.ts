import { plainOf } from "./decoded.ts";

/** What is shorter says too little of a secret, and too much else may look like it. */
export const shortestPart = 8;

/** How a secret is written where it is not as it stands, but for the escapes that can be undone one by one. */
export const formsOf = (secret: string): string[] => {
  const inUrl = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString("hex");
  const lower = inUrl.replace(/%[0-9A-F]{2}/g, (at) => at.toLowerCase());
  return [...new Set([secret, plainOf(secret), inUrl, lower, hex, hex.toUpperCase(), ...base64(secret)])];
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
