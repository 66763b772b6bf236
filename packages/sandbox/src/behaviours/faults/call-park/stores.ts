import type { CallParkSettings } from "../../../store/call-park.ts";
import type { Alter, Behaviour } from "../../behaviour.ts";
import { at, isSuccess } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { get, post, type WitnessRequest } from "../../witness.ts";
import { operation, shown } from "./common.ts";

export type Settings = Readonly<Record<string, unknown>>;

/** Stores more than it was asked to, once it has taken a body. */
export const alsoStores = (
  more: (fields: Settings, before: CallParkSettings, after: CallParkSettings) => Partial<CallParkSettings>,
): Alter =>
  at(operation, async ({ fields, session }, next, { store }) => {
    const tenant = session?.tenant_id;
    if (!tenant) return next();
    const before = store.callPark.show(tenant);
    const answer = await next();
    if (!isSuccess(answer)) return answer;
    const after = store.callPark.show(tenant);
    store.callPark.save(tenant, { ...after, ...more(fields, before, after) });
    return answer;
  });

export const stores = (
  name: string,
  what: string,
  witness: readonly WitnessRequest[],
  alter: Alter,
  more: Partial<Behaviour> = {},
): Behaviour => behaviour(operation, name, what, { class: "what it stores", alsoAt: shown, alter, witness, ...more });

export const sent = (...bodies: unknown[]): WitnessRequest[] => [
  ...bodies.map((body) => post("/call_park", body)),
  get("/call_park"),
];
export const timeOf = (fields: Settings, name: string): number => fields[name] as number;
