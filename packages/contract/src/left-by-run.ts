import { isDeepStrictEqual } from "node:util";
import { concernsPrompt, differences, isSettings, type Settings } from "./guard/settings.ts";
import type { Upload } from "./journal/journal.ts";

/** A setting that is not as it was before a run. */
export interface ChangedSetting {
  name: string;
  was: unknown;
  now: unknown;
}

/**
 * What is not as before: as the run set it, and otherwise.
 *
 * @param ours - What the run has seen there by its own doing, or sent last and may not have seen yet.
 */
export const changedSettings = (
  before: unknown,
  ours: readonly unknown[],
  now: unknown,
): { byRun: ChangedSetting[]; byOthers: ChangedSetting[] } => {
  if (!isSettings(before) || !isSettings(now)) return { byRun: [], byOthers: [] };
  const own = ours.filter(isSettings);
  const isOurs = (name: string) => own.some((one) => name in one && !differences(one, now).includes(name));
  const changed = differences(before, now).map((name) => ({ name, was: before[name], now: now[name] }));
  return {
    byRun: changed.filter(({ name }) => isOurs(name)),
    byOthers: changed.filter(({ name }) => !isOurs(name)),
  };
};

/** What of the settings as they are now a run has sent, or uploaded, by itself. */
export const ownPart = (
  now: Settings,
  bodies: readonly Settings[] = [],
  uploads: readonly Pick<Upload, "name" | "size">[] = [],
): Settings => {
  const { prompt_file_name: file, prompt_file_size: length } = now;
  const isPromptOurs = uploads.some(({ name, size }) => name === file && size === length);
  const isOurs = (name: string) =>
    concernsPrompt(name)
      ? isPromptOurs
      : bodies.some((body) => name in body && isDeepStrictEqual(body[name], now[name]));
  return Object.fromEntries(Object.entries(now).filter(([name]) => isOurs(name)));
};
