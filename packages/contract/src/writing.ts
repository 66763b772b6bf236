import { setTimeout as pause } from "node:timers/promises";
import { Skip } from "./check.ts";
import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { concernsPrompt, hasPrompt, meansNothing, notAsSent, type Settings } from "./guard/settings.ts";
import type { SettingsGuard, Written } from "./guard/settings-guard.ts";
import { excerpt, judgeAnswer, shown } from "./judge.ts";

export const operation = "POST /call_park";

/** The guard of a run that may write. Checks that write are not run without one. */
export const guardOf = (context: Context): SettingsGuard => {
  if (context.guard === undefined)
    throw new Error(context.guardRefusal ?? "A check that writes was run in a run that only reads");
  return context.guard;
};

export interface Acceptance {
  /** How the codes of what is found begin. */
  code: string;
  /** What must be read back. */
  wanted: Settings;
  /** What is written, as a sentence part: "the minimum of recall_time". */
  what: string;
  /** The rule. */
  pointer?: string | undefined;
  /** Sends what is wanted alone, instead of all settings: what becomes of the others is judged by `expectAlone`. */
  alone?: boolean;
  /** Sends the fields in the opposite order: none is before another in an object. */
  backwards?: boolean;
  /** How the body is called. @default "application/json" */
  type?: string;
  /** Does it not show yet? */
  pending?: (after: Settings) => boolean;
  /**
   * Reads once more after so many milliseconds, or after what else there is to ask, for a PBX that answers from what it
   * was sent and then forgets.
   */
  again?: number | ((after: Settings) => Promise<void>);
}

export interface Accepted {
  findings: Finding[];
  written: Written;
  refused: boolean;
}

/** A body that must be accepted; each wanted field must be read back, and the others be as before the run. */
export const expectAccepted = async (context: Context, asked: Acceptance): Promise<Accepted> => {
  const { code, wanted, what, pointer, alone = false, backwards = false, type, pending, again } = asked;
  const guard = guardOf(context);
  const stuck = guard.reasonToLeave(Object.keys(wanted));
  if (stuck !== undefined) throw new Skip(stuck);
  const was = await guard.current();
  const forwards = alone ? wanted : guard.body(wanted);
  const body = backwards ? Object.fromEntries(Object.entries(forwards).reverse()) : forwards;
  const written = await guard.write(body, pending, type);
  const { exchange, after } = written;
  const about = (end: string, documented: string, received: string) =>
    finding(context, { operation, exchange, pointer, code: `${code}.${end}`, documented, received });
  if (exchange.status >= 400)
    return {
      written,
      refused: true,
      findings: [about("refused", `${what} is accepted`, `status ${exchange.status}${excerpt(exchange)}`)],
    };
  const findings = judgeAnswer(context, operation, code, exchange);
  if (written.late)
    findings.push({
      ...about("late", "a change shows once the PBX has answered", `${what} shows only a moment after its 200`),
      code: "call_park.post.late",
    });
  const readBack = (settings: Settings, how: string, names: string[]) => {
    for (const name of names)
      findings.push(about(how, `${name} reads back as it was written, ${shown(wanted[name])}`, shown(settings[name])));
  };
  readBack(after, "read_back", notAsSent(wanted, after));
  const others = guard
    .differences(guard.before, after)
    .filter((name) => name in body && !(name in wanted) && !meansNothing(name, after));
  if (others.length > 0)
    findings.push(about("others", `${what} changes nothing else`, changes(guard.before, after, others)));
  const moved = alone ? movedElsewhere(context, wanted, was, after) : [];
  if (moved.length > 0)
    findings.push(
      about("others", "a field left out keeps its value or goes back to its default", changes(was, after, moved)),
    );
  const prompt = promptIsAnother(guard, wanted, after) ? ["prompt_file_name", "prompt_file_size"] : [];
  if (prompt.length > 0)
    findings.push(about("others", `${what} puts no other prompt in place`, changes(guard.before, after, prompt)));
  if (losesPrompt(context, body, was, after))
    findings.push(
      about("others", `${what} leaves the prompt, which other POSTs that do not name it leave`, "it is gone"),
    );
  if (findings.length > 0 || again === undefined) return { findings, written, refused: false };
  await (typeof again === "number" ? pause(again) : again(after));
  const later = await guard.readAgain();
  // What is neither as written nor as before is somebody else's doing; the guard will say so.
  const known = guard.differences(guard.before, later);
  const elsewhere = guard.differences(was, later).filter((name) => known.includes(name));
  readBack(
    later,
    "forgotten",
    notAsSent(wanted, later).filter((name) => !elsewhere.includes(name)),
  );
  return { findings, written: { ...written, after: later }, refused: false };
};

/** Several, one after the other: each write takes back what the one before it did. */
export const expectAllAccepted = async (context: Context, all: readonly Acceptance[]): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const one of all) findings.push(...(await expectAccepted(context, one)).findings);
  return findings;
};

/** What nothing but a body that says so is to do: turn the server off, or tell the parker. */
const turned: Settings = { enabled: false, send_notification_to_parker: true };

/** The fields left out that neither stayed nor became blank or their default: they were given something else. */
const movedElsewhere = ({ contract, guard }: Context, wanted: Settings, was: Settings, after: Settings): string[] => {
  const fields = contract.properties(contract.schema("CallPark"));
  const defaultsOf = (name: string): unknown[] => (fields.get(name) ?? []).flatMap((schema) => schema.default ?? []);
  const isKept = (name: string) =>
    !(name in wanted) &&
    defaultsOf(name).length > 0 &&
    !defaultsOf(name).includes(was[name]) &&
    was[name] === after[name];
  return (guard?.differences(was, after) ?? []).filter((name) => {
    if (name in wanted || !fields.has(name) || concernsPrompt(name) || meansNothing(name, after)) return false;
    // What has no default is turned to this by no PBX that keeps what is left out.
    if (name in turned) return after[name] === turned[name] && [...fields.keys()].some(isKept);
    const defaults = defaultsOf(name);
    const isBlank = after[name] === null && (fields.get(name) ?? []).some(({ type }) => [type].flat().includes("null"));
    return !isBlank && defaults.length > 0 && !defaults.includes(after[name]);
  });
};

/** A prompt that a POST does not name may be dropped; another must not stand in its place. */
const promptIsAnother = (guard: SettingsGuard, wanted: Settings, after: Settings): boolean =>
  !("prompt_file_id" in wanted) &&
  hasPrompt(after) &&
  guard.differences(guard.before, after).some((name) => name === "prompt_file_name" || name === "prompt_file_size");

/**
 * Does it take the prompt away, though POSTs that do not name it have left it before? A body without any field may ask
 * for that.
 */
const losesPrompt = (context: Context, body: Settings, was: Settings, after: Settings): boolean => {
  if ("prompt_file_id" in body || Object.keys(body).length === 0 || !hasPrompt(was)) return false;
  context.keepsPrompt ||= hasPrompt(after);
  return context.keepsPrompt && !hasPrompt(after);
};

export const changes = (before: Settings, after: Settings, names: string[]): string =>
  names.map((name) => `${name} went from ${shown(before[name])} to ${shown(after[name])}`).join("; ");
