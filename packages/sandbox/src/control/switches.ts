import type { Answering } from "../behaviours/behaviour.ts";
import { type BehaviourSummary, listFaults, listVariants, withBehaviours } from "../behaviours/index.ts";
import type { Pbx } from "../context.ts";

/** A fault or variant, and whether the PBX has it now. */
export interface Switch extends BehaviourSummary {
  on: boolean;
}

export type SwitchKind = "faults" | "variants";

export interface Switches {
  list(kind: SwitchKind): Switch[];
  /** @throws RangeError for an id that none has. */
  set(kind: SwitchKind, id: string, on: boolean): void;
  /** Each begins anew, as at a start. */
  restart(): void;
  answering: Answering;
}

const all: Readonly<Record<SwitchKind, () => BehaviourSummary[]>> = { faults: listFaults, variants: listVariants };

/**
 * What answers, with faults and variants that can be turned on and off while it runs.
 *
 * @throws RangeError for an id that none has.
 */
export const createSwitches = (
  answering: Answering,
  pbx: Pbx,
  chosen: Readonly<Record<SwitchKind, readonly string[]>>,
): Switches => {
  let ids = chosen;
  let current = withBehaviours(answering, pbx, ids);
  const change = (next: typeof ids) => {
    current = withBehaviours(answering, pbx, next);
    ids = next;
  };
  return {
    list: (kind) => all[kind]().map((one) => ({ ...one, on: ids[kind].includes(one.id) })),
    set: (kind, id, on) => {
      const others = ids[kind].filter((other) => other !== id);
      // Looked up in any case, so that a wrong id is told where it is to be turned off too.
      withBehaviours(answering, pbx, { faults: [], variants: [], [kind]: [id] });
      change({ ...ids, [kind]: on ? [...others, id] : others });
    },
    restart: () => change(ids),
    answering: (request) => current(request),
  };
};
