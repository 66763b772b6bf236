import type { Alter, Behaviour, Needs } from "../behaviour.ts";
import { reach, type WitnessRequest } from "../witness.ts";

type Parts = Pick<Behaviour, "class" | "alter"> &
  Partial<Pick<Behaviour, "field" | "alsoAt" | "needs" | "unrestorable" | "witness">>;

/** A behaviour of one operation. Its id begins with the operation's: `call_park.get.`. */
export const behaviour = (operation: string, name: string, what: string, parts: Parts): Behaviour => {
  const needs = { ...needsOf(operation), ...parts.needs };
  return {
    operation,
    witness: parts.witness ?? reach(operation),
    ...parts,
    id: `${idOf(operation)}.${name}`,
    what,
    ...(Object.keys(needs).length > 0 && { needs }),
  };
};

/** Makes a fault: `what` goes on where the name of the operation ends. */
export type MakeFault = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
  more?: Partial<Parts>,
) => Behaviour;

/** Makes faults of one kind, which have some parts in common. */
export const faultsOf =
  (common: (operation: string) => Omit<Parts, "alter">): MakeFault =>
  (operation, name, what, alter, witness, more = {}) =>
    behaviour(operation, name, `${operation} ${what}.`, { ...common(operation), alter, witness, ...more });

/** `POST /ring_groups/{id}` → `ring_groups.id.post`. */
const idOf = (operation: string): string => {
  const [method = "", path = ""] = operation.split(" ");
  return [...path.split("/").filter(Boolean), method.toLowerCase()].join(".").replace(/[{}]/g, "");
};

/** What a run must be given to reach an operation at all. */
const needsOf = (operation: string): Needs => {
  if (/ \/(admin|tenants)\b/.test(operation)) return { systemAdministrator: true };
  if (/ \/login\//.test(operation)) return { credentials: true, version: "22.0" };
  if (/ \/auth\//.test(operation)) return { credentials: true };
  return {};
};
