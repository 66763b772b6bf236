import { type ChangedSetting, changedSettings } from "../left-by-run.ts";
import { keepCurrent, type RestoreResult } from "../report.ts";
import { pretty } from "./text.ts";

const again = "To put it back";
/** Before that, the run would overwrite what is not its own, which it does not. */
const afterwards = "To put it back, once what somebody else changed is as the run left it";

/** One write sends all settings, so that none of them is put back without overwriting what somebody else changed. */
const stillOurs = "Of that, still as the run set it";

/** Does the command leave everything as it is? */
export const isLeaving = (command = ""): boolean => command.endsWith(` ${keepCurrent}`);

/** One a line: `recall_time: 60, was 300`. */
export const changedLines = (changed: readonly ChangedSetting[]): string =>
  changed.map(({ name, was, now }) => `${name}: ${JSON.stringify(now)}, was ${JSON.stringify(was)}`).join("\n");

/** What somebody needs to know who has to put a PBX back: what was there, is there, and the ways to do it. */
export const restoreParts = ({ before, ours, now, command, curl }: RestoreResult): [title: string, text: string][] => {
  const settings = (title: string, value: unknown): [string, string][] =>
    value === undefined ? [] : [[title, pretty(value)]];
  // Where the settings are back, the command tries again what else it can, and makes way for other runs.
  const rest = isLeaving(command) ? "Before another run, once that is as it was or is to stay" : "Before another run";
  const { byRun } = changedSettings(before, [ours], now);
  const how = before === undefined ? rest : ours === undefined ? again : afterwards;
  return [
    ...settings("What was there", before),
    ...settings("What the run left there", ours),
    ...settings("What is there now", now),
    ...(byRun.length === 0 ? [] : ([[stillOurs, changedLines(byRun)]] satisfies [string, string][])),
    ...(command === undefined ? [] : ([[how, command]] satisfies [string, string][])),
    ...(command === undefined || ours === undefined
      ? []
      : ([["To leave it as it is now, and be done with this run", `${command} ${keepCurrent}`]] satisfies [
          string,
          string,
        ][])),
    ...(curl === undefined ? [] : ([["To put it back by hand", curl]] satisfies [string, string][])),
  ];
};
