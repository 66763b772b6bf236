import type { Answering } from "../behaviours/behaviour.ts";
import type { BehaviourSummary } from "../behaviours/index.ts";
import type { Pbx } from "../context.ts";

/** A fault or variant, and whether the PBX has it now. */
export interface Switch extends BehaviourSummary {
  on: boolean;
}

export type SwitchKind = "faults" | "variants";

export interface Switches {
  list(kind: SwitchKind): Promise<Switch[]>;
  /** @throws RangeError for an id that none has. */
  set(kind: SwitchKind, id: string, on: boolean): Promise<void>;
  /** Each begins anew, as at a start. */
  restart(): void;
  answering: Answering;
}

/** There are many, and most PBXs have none of them: a start does not wait for what it does not need. */
const load = () => import("../behaviours/index.ts");

/**
 * What answers, with faults and variants that can be turned on and off while it runs.
 *
 * @throws RangeError for an id that none has.
 */
export const createSwitches = async (
  answering: Answering,
  pbx: Pbx,
  chosen: Readonly<Record<SwitchKind, readonly string[]>>,
): Promise<Switches> => {
  let ids: typeof chosen = { faults: [], variants: [] };
  let wrap = (): Answering => answering;
  let current = answering;
  const change = async (next: typeof chosen) => {
    const { withBehaviours } = await load();
    const wrapNext = () => withBehaviours(answering, pbx, next);
    current = wrapNext();
    [ids, wrap] = [next, wrapNext];
  };
  if (chosen.faults.length + chosen.variants.length > 0) await change(chosen);
  return {
    list: async (kind) => {
      const { listFaults, listVariants } = await load();
      const all = kind === "faults" ? listFaults() : listVariants();
      return all.map((one) => ({ ...one, on: ids[kind].includes(one.id) }));
    },
    set: async (kind, id, on) => {
      const { withBehaviours } = await load();
      // Looked up in any case, so that a wrong id is told where it is to be turned off too.
      withBehaviours(answering, pbx, { faults: [], variants: [], [kind]: [id] });
      const others = ids[kind].filter((other) => other !== id);
      await change({ ...ids, [kind]: on ? [...others, id] : others });
    },
    restart: () => {
      current = wrap();
    },
    answering: (request) => current(request),
  };
};
