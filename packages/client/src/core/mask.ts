import { CallParkError } from "../errors/call-park-error.ts";
import { secretFields } from "../generated/operations.ts";
import type { Call } from "./attempt.ts";
import type { Outcome } from "./send.ts";

/** `: ` and a little of a page, without what else could be a token or a password that it repeats. */
export type Excerpt = (call: Call, text: string) => string;

/** Shorter ones are found in any text. */
const shortest = 4;

/** The token, whatever other headers the request was given, and what the spec marks as secret in its body. */
const secretsOf = ({ headers, fields }: Call): string[] =>
  [
    ...Object.entries(headers).map(([name, value]) => (name === "Content-Type" ? "" : value.replace(/^Bearer /, ""))),
    ...secretFields.map((name) => String(Object(fields)[name] ?? "")),
  ]
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= shortest);

/** What a page writes for what it would take for a tag or the end of a text. */
const entities: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };

/** As it is, in a URL, in a form, in Base64, in hex and in a page. */
const formsOf = (secret: string): string[] => {
  const bytes = new TextEncoder().encode(secret);
  const inUrl = encodeURIComponent(secret);
  const base64 = btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
  const form = String(new URLSearchParams([["", secret]])).slice(1);
  const lower = [inUrl, form].map((text) => text.replace(/%../g, (code) => code.toLowerCase()));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const html = secret.replace(/[&<>"']/g, (one) => `&${entities[one]};`);
  return [
    secret,
    html,
    inUrl,
    form,
    ...lower,
    base64,
    base64.replaceAll("+", "-").replaceAll("/", "_"),
    hex,
    hex.toUpperCase(),
  ];
};

/** With the backslashes of texts in texts, though not so many that a text could take long to look through. */
const patternOf = (form: string): string =>
  [...form].map((one) => (one === "\\" ? "\\\\{1,16}" : `\\\\{0,8}${one.replace(/\W/g, "\\$&")}`)).join("");

const maskOf = (call: Call): ((text: string) => string) => {
  // The longest first: one that another begins with would leave the other's rest.
  const patterns = secretsOf(call)
    .flatMap(formsOf)
    .sort((one, other) => other.length - one.length)
    .map(patternOf);
  if (patterns.length === 0) return (text) => text;
  const all = new RegExp(patterns.join("|"), "g");
  return (text) => text.replace(all, "***");
};

/** So far are the causes of causes followed. */
const deepest = 8;

/** An error of ours stays itself; another's may hold anything, a request's headers say, so its texts are copied. */
const copy = (error: unknown, mask: (text: string) => string, depth = 0): unknown => {
  // A cause can be its own.
  if (depth > deepest) return undefined;
  if (!(error instanceof Error)) return mask(String(error));
  const { name, message, stack = "", cause, code, syscall, errors } = error as AggregateError & Record<string, unknown>;
  const target = error instanceof CallParkError ? error : Object.assign(new Error(message), { name });
  return Object.assign(target, {
    message: mask(message),
    stack: mask(stack),
    ...(code !== undefined && { code }),
    ...(syscall !== undefined && { syscall }),
    ...(cause !== undefined && { cause: copy(cause, mask, depth + 1) }),
    ...(Array.isArray(errors) &&
      !(error instanceof CallParkError) && { errors: errors.map((one) => copy(one, mask, depth + 1)) }),
  });
};

/** What came of a request, without what is secret in it: its errors, and what a refusal repeats of it. */
export const hide = (call: Call, outcome: Outcome): Outcome => {
  const { received } = outcome;
  if (received === undefined) return { ...outcome, failed: copy(outcome.failed, maskOf(call)) };
  const { response, value } = received;
  return response.ok || value === undefined
    ? outcome
    : { ...outcome, received: { response, value: masked(call, value) } };
};

const masked = (call: Call, value: unknown): unknown => {
  const text = maskOf(call)(JSON.stringify(value));
  try {
    return JSON.parse(text);
  } catch {
    // A mask may end in the middle of what was escaped.
    return text;
  }
};

export const excerpt: Excerpt = (call, text) =>
  `: ${maskOf(call)(text)
    .slice(0, 999)
    .replace(/\s+/g, " ")
    .replace(/[^\s<>]*\d[^\s<>]*|[^\s<>]{12,}/g, "…")
    .slice(0, 60)}`;
