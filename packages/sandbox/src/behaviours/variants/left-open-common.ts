import type { Alter, Behaviour } from "../behaviour.ts";
import { behaviour } from "../tools/fault.ts";
import type { WitnessRequest } from "../witness.ts";

export const variant = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
): Behaviour => ({
  ...behaviour(operation, "", what, { class: "what it accepts", alter, witness }),
  id: `left_open.${name}`,
});
