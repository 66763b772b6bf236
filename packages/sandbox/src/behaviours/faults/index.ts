import type { Behaviour } from "../behaviour.ts";

/** Every way of breaking the contract, one at a time. */
export const faults: readonly Behaviour[] = [];
