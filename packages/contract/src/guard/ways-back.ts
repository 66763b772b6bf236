import type { OwnBody } from "./own-body.ts";
import type { Settings } from "./settings.ts";

type Body = Record<string, unknown>;

/** Bodies to write one after the other, by what is still not as before; none where the way leads nowhere here. */
type Way = (own: OwnBody, before: Settings, now: Settings, left: readonly string[]) => Body[];

/** A mode and its ring group are only taken together. */
const together = ["recall_to", "ring_group_id"];

const only = (before: Settings, names: readonly string[]): Body => {
  const some = names.some((name) => together.includes(name)) ? [...new Set([...names, ...together])] : names;
  return Object.fromEntries(some.filter((name) => name in before).map((name) => [name, before[name]]));
};

const changed = (before: Settings, names: readonly string[], change: (value: unknown, name: string) => unknown): Body =>
  Object.fromEntries(names.map((name) => [name, change(before[name], name)]));

const integers = (settings: Settings, names: readonly string[]): string[] =>
  names.filter((name) => Number.isSafeInteger(settings[name]));

/**
 * How a PBX that breaks its contract may be brought back all the same: one that does nothing now and then, that lets one
 * field overwrite another, that takes a value only from another one, that stores two fields crosswise, or that stores
 * something beside what was sent.
 */
export const waysBack: readonly Way[] = [
  (own) => [own.with({})],
  (_own, before, _now, left) => [only(before, left)],
  (_own, before, _now, left) => left.map((name) => only(before, [name])),
  (own, before, _now, left) =>
    [1, -1].flatMap((step) => {
      const other = changed(before, integers(before, left), (value) => Number(value) + step);
      return Object.keys(other).length === 0 ? [] : [own.with(other), own.with({})];
    }),
  (own, before, _now, left) => {
    const [one, two, more] = integers(before, left);
    if (one === undefined || two === undefined || more !== undefined) return [];
    return [own.with({ [one]: before[two], [two]: before[one] })];
  },
  (own, before, now, left) => {
    const off = integers(now, integers(before, left));
    if (off.length === 0) return [];
    return [own.with(changed(before, off, (value, name) => 2 * Number(value) - Number(now[name])))];
  },
];
