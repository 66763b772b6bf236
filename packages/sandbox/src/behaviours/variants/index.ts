import type { Behaviour } from "../behaviour.ts";

/** Every lawful way of being different. */
export const variants: readonly Behaviour[] = [];
