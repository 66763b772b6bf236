// Compilers load these for nobody who does not ask for them, and the declarations need them.
/// <reference types="node" preserve="true" />

import type { Pbx } from "../context.ts";
import type { Answering, Behaviour } from "./behaviour.ts";
import { faults } from "./faults/index.ts";
import { variants } from "./variants/index.ts";

/** A fault or variant, as plain data. */
export type BehaviourSummary = Omit<Behaviour, "alter" | "witness">;

const summaries = (all: readonly Behaviour[]): BehaviourSummary[] =>
  all.map(({ alter: _, witness: __, ...summary }) => summary);

/** Every fault that the sandbox can have. */
export const listFaults = (): BehaviourSummary[] => summaries(faults);

/** Every lawful variant that the sandbox can be. */
export const listVariants = (): BehaviourSummary[] => summaries(variants);

/**
 * Wraps what answers in the behaviours of these ids, the first outermost.
 *
 * @throws RangeError for an id that none has.
 */
export const withBehaviours = (
  answering: Answering,
  pbx: Pbx,
  chosen: { faults: readonly string[]; variants: readonly string[] },
): Answering => {
  const found = [...chosen.faults.map(find(faults, "fault")), ...chosen.variants.map(find(variants, "variant"))];
  return found.reduceRight((next, behaviour) => behaviour.alter(next, pbx), answering);
};

const find =
  (all: readonly Behaviour[], kind: string) =>
  (id: string): Behaviour => {
    const behaviour = all.find((one) => one.id === id);
    if (!behaviour) throw new RangeError(`There is no ${kind} ${id}: ${likeIt(all, kind, id)}`);
    return behaviour;
  };

/** So many are named, of the hundreds that there are. */
const named = 5;

const likeIt = (all: readonly Behaviour[], kind: string, id: string): string => {
  const list = `callpark sandbox --list-${kind}s`;
  for (let start = id; start !== ""; start = start.slice(0, Math.max(0, start.lastIndexOf(".")))) {
    const like = all.filter((one) => one.id.startsWith(`${start}.`)).slice(0, named);
    if (like.length > 0) return `there is ${like.map((one) => one.id).join(", ")}, and more: ${list} names them all`;
  }
  return `there are ${all.length}, and ${list} names them all`;
};
