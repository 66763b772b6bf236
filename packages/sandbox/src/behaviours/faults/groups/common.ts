import type { Alter, Behaviour } from "../../behaviour.ts";
import { behaviour } from "../../tools/fault.ts";
import type { Seen } from "../../tools/seen.ts";
import { reach, type WitnessRequest } from "../../witness.ts";

export const list = "GET /call_park_groups";
export const create = "POST /call_park_groups";
export const show = "GET /call_park_groups/{id}";
export const update = "POST /call_park_groups/{id}";
export const destroy = "POST /call_park_groups/{id}/destroy";
const everywhere: readonly string[] = [list, create, show, update, destroy];

export const group = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
  field?: string,
  unrestorable?: string,
): Behaviour =>
  behaviour(operation, name, what, {
    class: "groups and members",
    alsoAt: everywhere,
    alter,
    witness,
    ...(field !== undefined && { field }),
    ...(unrestorable !== undefined && { unrestorable }),
  });

export const made: readonly WitnessRequest[] = reach(create);
export const unknown = "bm9ib2R5LWhhcy10aGlzLWlk";
export type Fields = Seen["fields"];
export const recallsToRingGroup = ({ recall_to: mode }: Fields): boolean =>
  mode === "USER_FIRST_THEN_RING_GROUP" || mode === "RING_GROUP_ONLY";
