import { differences, isSettings } from "./guard/settings.ts";

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
