import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../message-of.ts";
import type { Session } from "../session.ts";
import { patiently, slip } from "./patience.ts";
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

interface ProofOptions {
  prompt: Uint8Array | undefined;
  /** Milliseconds between the two readings. */
  lateness: number;
  /** Is something in it that was never there before, nor sent by the run? */
  isStrange: (settings: Settings) => boolean;
}

/**
 * Proves by two readings, and the prompt's bytes, that all is as it was. A write whose outcome was not known may still
 * come true, so there is a pause between the readings then. Never throws.
 */
export const prove = async (
  session: Session,
  leftIn: (now: Settings) => string[],
  { prompt, lateness, isStrange }: ProofOptions,
): Promise<Proof> => {
  const reading = async (): Promise<Settings> => {
    const settings = await patiently(() => readSettings(session, "any"));
    if (!isStrange(settings)) return settings;
    // What nobody is known to have written may be a slip of the reading.
    await pause(slip);
    return patiently(() => readSettings(session, "any"));
  };
  try {
    const once = await reading();
    if (lateness > 0) await pause(lateness);
    const now = await reading();
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
