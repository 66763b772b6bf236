import { keepCurrent, type RestoreResult } from "../report.ts";
import { pretty } from "./text.ts";

const again = "To put it back";
/** Before that, the run would overwrite what is not its own, which it does not. */
const afterwards = "To put it back, once what somebody else changed is as the run left it";

/** Does the command leave everything as it is? */
export const isLeaving = (command = ""): boolean => command.endsWith(` ${keepCurrent}`);

/** What somebody needs to know who has to put a PBX back: what was there, is there, and the ways to do it. */
export const restoreParts = ({ before, ours, now, command, curl }: RestoreResult): [title: string, text: string][] => {
  const settings = (title: string, value: unknown): [string, string][] =>
    value === undefined ? [] : [[title, pretty(value)]];
  // Where the settings are back, the command tries again what else it can, and makes way for other runs.
  const rest = isLeaving(command) ? "Before another run, once that is as it was or is to stay" : "Before another run";
  const how = before === undefined ? rest : ours === undefined ? again : afterwards;
  return [
    ...settings("What was there", before),
    ...settings("What the run left there", ours),
    ...settings("What is there now", now),
    ...(command === undefined ? [] : ([[how, command]] satisfies [string, string][])),
    ...(curl === undefined ? [] : ([["To put it back by hand", curl]] satisfies [string, string][])),
  ];
};
