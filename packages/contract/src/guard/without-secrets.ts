import type { Journal, TenantGroup } from "../journal/journal.ts";
import { hidden, type Mask } from "../mask.ts";
import { isMasked, masked } from "../masked.ts";
import { concernsPromptUrl, isDocumented } from "./settings.ts";

/** As long as a token. What is shorter may be a word that somebody chose for a password, and for a file's name as well. */
const tokenLength = 20;

/**
 * The journal with no secret in it. What is put back, and the names by which it is found again, stand as they are: a
 * password that happens to be an extension number, a host's name or a part of a file's name tells nobody anything there.
 */
export const withoutSecrets = (journal: Journal, mask: Mask): Journal => {
  const { before, seen, command, intent, reason, elsewhere, tenantGroups } = journal;
  const settings = (fields: Record<string, unknown>) => settingsWithoutSecrets(fields, mask);
  return {
    ...journal,
    before: settings(before),
    seen: settings(seen),
    // With a gap in it, it would not work.
    ...(command !== undefined && mask(command) !== command && { command: undefined }),
    ...(intent && { intent: { bodies: intent.bodies.map(settings), texts: masked(intent.texts, mask) } }),
    ...(reason !== undefined && { reason: masked(reason, mask) }),
    ...(elsewhere !== undefined && { elsewhere: masked(elsewhere, mask) }),
    ...(tenantGroups && { tenantGroups: tenantGroups.map((group) => withoutTokens(group, mask)) }),
  };
};

/** The same of settings alone. */
export const settingsWithoutSecrets = (fields: Record<string, unknown>, mask: Mask): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => field(name, value, mask)));

const field = (name: string, value: unknown, mask: Mask): [string, unknown] => {
  const [[shownName, shown] = [name, value]] = Object.entries(masked({ [name]: value }, mask));
  return isPutBack(name) && !holdsToken(value, shown) ? [name, value] : [shownName, shown];
};

/** What is compared, or put right by hand, stands as it is but for a token. */
const withoutTokens = (group: TenantGroup, mask: Mask): TenantGroup => {
  const hide = (value: unknown) => (holdsToken(value, masked(value, mask)) ? masked(value, mask) : value);
  return { ...group, ...Object.fromEntries(Object.entries(group).map(([name, value]) => [name, hide(value)])) };
};

/** Is it written back by its value? The URL is not, and whoever has one may download the prompt. */
const isPutBack = (name: string): boolean => isDocumented(name) && !concernsPromptUrl(name);

const holdsToken = (value: unknown, shown: unknown): boolean =>
  typeof value === "string" &&
  typeof shown === "string" &&
  shown !== value &&
  value.length - shown.replaceAll(hidden, "").length >= tokenLength;

/** The settings that could not be put back, as the journal does not say what they were. */
export const untold = (before: Record<string, unknown>): string[] =>
  Object.keys(before).filter((name) => isPutBack(name) && isMasked(before[name]));
