import { isDeepStrictEqual } from "node:util";
import type { Intent } from "../journal/journal.ts";
import { type Exchange, textOf, WireError, type WireRequest } from "../wire.ts";
import { path } from "./readings.ts";
import { isSettings, notAsSent, type Settings } from "./settings.ts";

/** How several requests are sent that should change nothing. */
export interface Together {
  /** Between the last one and the reading. @default 0 */
  milliseconds?: number;
  /** Should one of so many first ones be taken, those behind them are not sent. @default 0 */
  decisive?: number;
  /** Does the caller find out whose a change is that none of them explains? @default false: that is done for it */
  callerTells?: boolean;
}

/** What came of a request that writes. */
export interface Delivery {
  /** No answer to judge where none came, and reading shows that it was done all the same. */
  exchange: Exchange | WireError;
  /** The settings right after it. */
  after: Settings;
  /** The PBX said yes before it had done it. */
  late: boolean;
}

/** What came of several requests that should change nothing. */
export interface DeliveryOfAll {
  exchanges: Exchange[];
  /** The settings after them all. */
  after: Settings;
  /** The fields that have values then which none of the requests explains. */
  others: string[];
}

/** Tells that what was sent does not show yet. */
export type Pending = (after: Settings) => boolean;

/** No answer came to a write, but reading shows that it was done: there is no answer to judge. */
export class UnansweredError extends WireError {
  override readonly cause: WireError;

  constructor(cause: WireError) {
    super(`${cause.message}. It was done all the same, as reading the settings shows`);
    this.cause = cause;
  }
}

/** No answer came to a write, twice, and nothing was done: it is not sent again. */
export class LostError extends WireError {
  constructor(cause: WireError) {
    super(cause.message, { cause });
  }
}

/** Somebody else is at work on the same settings. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";

  constructor(fields: readonly string[], consequence = "theirs is left as it is") {
    super(`Somebody else changed the call park settings during the run (${fields.join(", ")}): ${consequence}`);
  }
}

/** Longer than any text that a check sends to be refused; a journal is no place for a whole upload. */
const longestText = 2000;

/** The request that writes settings. */
export const settingsRequest = (body: unknown, type = "application/json"): WireRequest => ({
  method: "POST",
  path,
  headers: { "Content-Type": type },
  body: JSON.stringify(body),
});

/** Requests as the journal keeps them. */
export const intentOf = (requests: readonly WireRequest[]): Intent => {
  const texts = requests.map(textOf).filter((text) => text !== "");
  const objects = texts.map((text) => ({ text, fields: parsed(text) }));
  return {
    bodies: objects.flatMap(({ fields }) => (isSettings(fields) ? [fields] : [])),
    texts: objects.flatMap(({ text, fields }) => (isSettings(fields) ? [] : [text.slice(0, longestText)])),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Does a body write nothing but what was there? The prompt goes by another id each time. */
export const isAsBefore = (body: Settings, before: Settings): boolean =>
  Object.keys(body).every((name) => name === "prompt_file_id" || isDeepStrictEqual(body[name], before[name]));

/** Does all that was sent read back? */
export const isAsSent = ({ bodies: [body = {}] }: Intent, after: Settings): boolean =>
  Object.keys(body).length > 0 && notAsSent(body, after).length === 0;
