import type { Alter, Behaviour } from "../behaviour.ts";
import { behaviour } from "../tools/fault.ts";
import { get, post, type WitnessRequest } from "../witness.ts";

export const read = "GET /call_park";
export const write = "POST /call_park";

export const variant = (
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[] = [get("/call_park")],
  more: Partial<Behaviour> = {},
): Behaviour => ({
  ...behaviour(write, "", what, { class: "what it stores", alter, witness }),
  ...more,
  id: `settings.${name}`,
});

export const posted = (...bodies: unknown[]): WitnessRequest[] => [
  ...bodies.map((body) => post("/call_park", body)),
  get("/call_park"),
];
