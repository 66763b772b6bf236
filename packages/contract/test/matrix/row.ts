import { isDeepStrictEqual } from "node:util";
import type { BehaviourSummary } from "@callpark/sandbox";
import { exitOf, findingsOf, isMeantFor, type Run } from "./run.ts";

/** What is recorded of a run against one fault. */
export interface Row {
  /** The exit code; null where the run could not begin. */
  exit: number | null;
  /** Was everything afterwards as it was before? */
  restored: boolean;
  /** Checks with a finding about what the fault breaks, in order of their ids. */
  checks: string[];
}

export const rowOf = (fault: BehaviourSummary, run: Run): Row => ({
  exit: exitOf(run) ?? null,
  restored: isDeepStrictEqual(run.before, run.after),
  checks: [
    ...new Set(findingsOf(run).flatMap(({ check, finding }) => (isMeantFor(fault, finding) ? [check] : []))),
  ].sort(),
});

/** What is wrong with a row: nothing, where a check saw the fault and everything was put back, or it was said that it could not be. */
export const wrongWith = ({ unrestorable }: BehaviourSummary, { exit, restored, checks }: Row): string[] => {
  const mayBeLeft = unrestorable !== undefined && exit === 4;
  const left = restored || mayBeLeft ? [] : ["the state is not as it was"];
  return [
    ...left,
    ...(checks.length === 0 ? ["no check meant for it has a finding"] : []),
    ...(exit === 1 || mayBeLeft ? [] : [`the exit code is ${exit}`]),
  ];
};
