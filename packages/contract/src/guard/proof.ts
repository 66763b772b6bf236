import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../message-of.ts";
import type { Session } from "../session.ts";
import { patiently } from "./patience.ts";
import { readPrompt, readSettings } from "./readings.ts";
import { concernsPrompt, type Settings } from "./settings.ts";

/** What two readings at the end of a run say. */
export interface Proof {
  /** Why it is not proved that all is as before; empty where it is. */
  failures: string[];
  /** The fields that are not as before, in either reading. */
  left: string[];
  /** The later reading; undefined where none came. */
  now?: Settings;
  /** Is the prompt not as before, or not known to be? */
  isPromptLeft: boolean;
}

/**
 * Proves by two readings, and the prompt's bytes, that all is as it was. A write whose outcome was not known may still
 * come true, so there is a pause between the readings then. Never throws.
 */
export const prove = async (
  session: Session,
  leftIn: (now: Settings) => string[],
  { prompt, lateness }: { prompt: Uint8Array | undefined; lateness: number },
): Promise<Proof> => {
  try {
    const once = await patiently(() => readSettings(session));
    if (lateness > 0) await pause(lateness);
    const now = await patiently(() => readSettings(session));
    const left = [...new Set([...leftIn(once), ...leftIn(now)])];
    const failures: string[] = [];
    if (prompt) {
      const bytes = await patiently(() => readPrompt(session, now));
      if (!Buffer.from(prompt).equals(bytes ?? Buffer.of())) failures.push("The prompt's bytes are not as before.");
    }
    return { failures, left, now, isPromptLeft: failures.length > 0 || left.some(concernsPrompt) };
  } catch (error) {
    const unknown = "The settings could not be read, so what they are now is not known.";
    return { failures: [messageOf(error), unknown], left: [], isPromptLeft: prompt !== undefined };
  }
};
