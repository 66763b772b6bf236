import type { Intent } from "../journal/journal.ts";
import { type Exchange, WireError, type WireRequest } from "../wire.ts";
import { isSettings, notAsSent, type Settings } from "./settings.ts";

/** What came of a request that writes. */
export interface Delivery {
  /** Undefined where no answer came, and reading shows that it was done. */
  exchange: Exchange | undefined;
  /** The settings right after it. */
  after: Settings;
  /** The PBX said yes before it had done it. */
  late: boolean;
}

/** Tells that what was sent does not show yet. */
export type Pending = (after: Settings) => boolean;

/** No answer came to a write, but reading shows that it was done: there is no answer to judge. */
export class UnansweredError extends WireError {}

/** Somebody else is at work on the same settings. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";

  constructor(fields: readonly string[], consequence = "theirs is left as it is") {
    super(`Somebody else changed the call park settings during the run (${fields.join(", ")}): ${consequence}`);
  }
}

/** Longer than any text that a check sends to be refused; a journal is no place for a whole upload. */
const longestText = 2000;

/** A request as the journal keeps it. */
export const intentOf = ({ method, body }: WireRequest): Intent => {
  const text = typeof body === "string" ? body : undefined;
  const fields = parsed(text);
  if (isSettings(fields)) return { method, sent: fields };
  return { method, sent: {}, ...(text !== undefined && { text: text.slice(0, longestText) }) };
};

const parsed = (text = ""): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Does all that was sent read back? */
export const isAsSent = ({ sent }: Intent, after: Settings): boolean =>
  Object.keys(sent).length > 0 && notAsSent(sent, after).length === 0;
