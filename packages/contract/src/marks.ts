import type { Context } from "./context.ts";
import type { Schema } from "./contract-document.ts";
import type { Settings } from "./guard/settings.ts";
import type { WireRequest } from "./wire.ts";
import { guardOf } from "./writing.ts";

const components = { recall_time: "RecallTime", recall_ring_group_time: "RecallRingGroupTime" } as const;

export type Time = keyof typeof components;

export const times = Object.keys(components) as Time[];

export const schemaOf = ({ contract }: Context, time: Time): Schema => contract.schema(components[time]);

export const pointerOf = (time: Time, rule: string): string => `#/components/schemas/${components[time]}/${rule}`;

/** The most that a time may be whichever of two contradictory documents a PBX follows. */
export const surelyAllowed = (context: Context, time: Time): number => {
  const { maximum, "x-contradicted-maximum": contradicted } = schemaOf(context, time);
  return Number(contradicted ?? maximum);
};

/** How far one made-up time is from the next: a prime, far apart where there is room. */
const near = 7;
const far = 97;

/** A time of its own for each index, no default and no bound, and never the one that was there before the run. */
export const unusual = (context: Context, time: Time, index: number): number => {
  const { minimum: least, maximum } = schemaOf(context, time);
  const minimum = Number(least);
  const isWide = context.proven.has(time);
  const span = (isWide ? Number(maximum) : surelyAllowed(context, time)) - minimum - 1;
  const own = guardOf(context).before[time];
  const value = (at: number) => minimum + 1 + ((((at * (isWide ? far : near)) % span) + span) % span);
  const found = value(index + 1);
  return found === own ? value(index + 1 + Math.floor(span / 2)) : found;
};

/**
 * All settings as they are but for the changes, and one time more: read back, it says that this request was carried out.
 */
export const marked = (context: Context, changes: Settings, index: number): Settings => {
  const guard = guardOf(context);
  const time = times.find((name) => !(name in changes) && name in guard.body());
  return guard.body({ ...(time !== undefined && { [time]: unusual(context, time, index) }), ...changes });
};

/** A POST to /call_park with a text as its body. */
export const post = (body: string | Uint8Array, type = "application/json"): WireRequest => ({
  method: "POST",
  path: "/call_park",
  headers: { "Content-Type": type },
  body,
});
