import type { RestoreResult } from "../report.ts";
import { pretty } from "./text.ts";

/** What somebody needs to know who has to put a PBX back: what was there, is there, and the ways to do it. */
export const restoreParts = ({ before, ours, now, command, curl }: RestoreResult): [title: string, text: string][] => {
  const settings = (title: string, value: unknown): [string, string][] =>
    value === undefined ? [] : [[title, pretty(value)]];
  return [
    ...settings("What was there", before),
    ...settings("What the run left there", ours),
    ...settings("What is there now", now),
    ...(command === undefined ? [] : ([["To put it back", command]] satisfies [string, string][])),
    ...(curl === undefined ? [] : ([["To put it back by hand", curl]] satisfies [string, string][])),
  ];
};
