import { isDeepStrictEqual } from "node:util";
import type { Intent, Unnamed, Upload } from "../journal/journal.ts";
import { concernsPrompt, hasPrompt, isBlank, isDocumented, meansNothing, modeOf, type Settings } from "./settings.ts";
import { mayBeReset } from "./unnamed.ts";

/** What the run knows of its own doing. */
export interface OwnDoing {
  before: Settings;
  /** The settings as the run last saw them. */
  seen: Settings;
  /** What it has sent since, or last. */
  intent: Intent | undefined;
  /** Of that, what the PBX says that it has taken, as far as that is known. */
  taken?: readonly Settings[];
  uploads: readonly Pick<Upload, "name" | "size">[];
  /** Has what was sent been seen to be done, or not? Else it may also have reset what it did not name. */
  known: boolean;
  /** What became of the fields that it did not name before. */
  unnamed: Unnamed;
  /** Is nobody sure that these are the same tenant's settings? Then no value is the run's own that it did not send or see. */
  isTenantInDoubt: boolean;
}

/** The fields whose values cannot be the run's own doing: somebody else's, then. */
export const notOurs = (own: OwnDoing, now: Settings): string[] => {
  const { before, seen } = own;
  const doing = { own, done: bodiesThatShow(own, now) };
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (name) =>
      !isDeepStrictEqual(now[name], before[name]) &&
      !isDeepStrictEqual(now[name], seen[name]) &&
      !(concernsPrompt(name) ? isOurPrompt(doing, now) : isOurValue(name, doing, now)),
  );
};

interface Told {
  own: OwnDoing;
  /** The bodies that what is there may have come of. */
  done: readonly Settings[];
}

/**
 * Of many bodies that must be refused, nearly every value that anybody would set is in some. Each has a time of its own
 * besides, so one whose times do not show was not carried out: a value of it that does is somebody else's.
 */
const bodiesThatShow = ({ intent, taken = [], seen }: OwnDoing, now: Settings): readonly Settings[] => {
  const bodies = intent?.bodies ?? [];
  if (bodies.length < 2) return bodies;
  const showing = bodies.filter((body) => {
    const marks = times.filter((time) => time in body && !isDeepStrictEqual(body[time], seen[time]));
    return marks.length === 0 || marks.some((time) => isAlike(body[time], now[time]));
  });
  return [...showing, ...taken];
};

const times = ["recall_time", "recall_ring_group_time"];

const isOurValue = (name: string, doing: Told, now: Settings): boolean => {
  const { intent, known, isTenantInDoubt, unnamed, seen } = doing.own;
  const value = now[name];
  const bodies = intent?.bodies ?? [];
  if (doing.done.some((body) => name in body && isAlike(body[name], value))) return true;
  if (isTenantInDoubt) return false;
  if (isUnshown(name, doing, now)) return true;
  if (known || intent === undefined || (bodies.length > 0 && bodies.every((body) => name in body))) return false;
  // A field that is not documented may move with every write, or be lost where it is not named.
  return !isDocumented(name) || mayBeReset(name, unnamed, bodies, seen, now);
};

/** What means nothing any more may read as anything, where it is the run that has changed the mode. */
const isUnshown = (name: string, doing: Told, now: Settings): boolean => {
  const mode = modeOf(name);
  return (
    mode !== undefined && meansNothing(name, now) && !meansNothing(name, doing.own.seen) && isOurValue(mode, doing, now)
  );
};

/** A prompt is written by an id and read by its name, so the name tells whose it is. */
const isOurPrompt = ({ own, done }: Told, now: Settings): boolean => {
  const { before, seen, uploads, known, unnamed, isTenantInDoubt } = own;
  const mayBeDropped = !known && !isTenantInDoubt && unnamed["prompt_file_id"] !== "kept";
  if (!hasPrompt(now)) return mayBeDropped || done.some(takesAway);
  const { prompt_file_name: name, prompt_file_size: size, prompt_file_url: url } = now;
  return (
    [before, seen].some(
      (one) => one["prompt_file_name"] === name && (one["prompt_file_size"] === size || one["prompt_file_url"] === url),
    ) || uploads.some((one) => one.size === size && isCalled(one.name, name))
  );
};

/** Does it ask for no prompt? */
export const takesAway = (body: Settings): boolean => "prompt_file_id" in body && isBlank(body["prompt_file_id"]);

/** Other letters than English ones may come back garbled. */
const isCalled = (given: string, name: unknown): boolean => {
  const [sure = ""] = /^[\x20-\x7e]*/.exec(given) ?? [];
  return name === given || (sure.length >= shortestName && typeof name === "string" && name.startsWith(sure));
};

/** Of what is left of a name, to be sure that it is the same. */
const shortestName = "callpark".length;

/** Some PBXs take "60" for 60, and answer null with "". */
const isAlike = (sent: unknown, value: unknown): boolean =>
  isDeepStrictEqual(sent, value) || (isBlank(sent) && isBlank(value)) || String(sent) === String(value);
