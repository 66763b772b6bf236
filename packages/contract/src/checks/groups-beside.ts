import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { type Group, movedParts, groupsPath as path } from "../guard/group-listing.ts";
import type { Exchange } from "../wire.ts";
import { changes, guardOf, operation } from "../writing.ts";
import { wholeOf } from "./group-list.ts";

/** Putting the settings back may mend it: it shows only while they are others than before. */
const shared = ["recall_to", "ring_group_id"] as const;

/** The tenant's groups, as they are before the first write, where the run is about groups too. */
export const groupsBefore = async ({ chosen, session }: Context): Promise<Group[]> =>
  [...chosen].some((id) => id.startsWith("call_park_groups.")) ? (wholeOf(await session.once(path)) ?? []) : [];

/** Have groups been given what was written to the call park server's own settings? */
export const groupsBeside = async (context: Context): Promise<Finding[]> => {
  const guard = guardOf(context);
  const before = await groupsBefore(context);
  if (before.length === 0) return [];
  const written = await guard.current();
  const exchange = await send(context, { method: "GET", path });
  // What somebody else gave a group meanwhile is hardly just that.
  const moved = movedIn(before, exchange, (part, value) => value === written[part]);
  if (moved.length === 0) return [];
  const received = moved.join("; ");
  guard.stop(`POST /call_park writes to call park groups too: ${received}.`);
  return [
    finding(context, {
      code: "call_park.post.recall_to.groups_changed",
      operation,
      documented: "a call park group has a recall_to and a ring_group_id of its own",
      received,
      pointer: "#/components/schemas/CallParkGroup/properties/recall_to",
      exchange,
    }),
  ];
};

/** What the settings share with groups, and is another in these. */
const movedIn = (
  before: readonly Group[],
  exchange: Exchange,
  isMeant: (part: (typeof shared)[number], value: unknown) => boolean,
): string[] => {
  const now = wholeOf(exchange) ?? [];
  return before.flatMap((group) => {
    const there = now.find(({ id }) => id === group.id);
    if (there === undefined) return [];
    const moved = movedParts(group, there);
    const parts = shared.filter((part) => moved.includes(part) && isMeant(part, there[part]));
    return parts.length > 0 ? [`of ${group.id}, ${changes({ ...group }, { ...there }, parts)}`] : [];
  });
};
