import { asOther } from "../asking.ts";
import { type Context, finding } from "../context.ts";
import { type Group, movedParts, groupsPath as path } from "../guard/group-listing.ts";
import { shown } from "../judge.ts";
import { changes, guardOf } from "../writing.ts";
import { wholeOf } from "./group-list.ts";

/** At the end of the run, the other tenant's groups are those that it had, and none of them is the run's own. */
export const watchGroupsOfOther = async (context: Context): Promise<void> => {
  const groups = async () => wholeOf(await asOther(context, path));
  const before = await groups();
  if (before === undefined) return;
  context.guard?.onEnd(async () => {
    const own = guardOf(context).belongings.name;
    const movedTo = (now = before) => movedGroups(before, now, own);
    const first = movedTo(await groups());
    if (first.length === 0) return undefined;
    // One reading that differs may be a slip of the reading.
    const again = movedTo(await groups()).map(({ received }) => received);
    const left = first.filter(({ received }) => again.includes(received));
    if (left.length === 0) return undefined;
    for (const how of ["gone", "changed", "made"] as const) {
      const ones = left.filter((one) => one.how === how);
      if (ones.length === 0) continue;
      context.aftermath.push(
        finding(context, {
          code: `call_park_groups.other_tenant.${how}`,
          operation: "GET /call_park_groups",
          documented: "the call park groups of the tenant that the token belongs to are written, and no others",
          received: `in the other tenant, since the run began, ${listed(ones)}`,
          pointer: "#/paths/~1call_park_groups/get",
        }),
      );
    }
    return `The other tenant's call park groups are not as before (${listed(left)}), and a run does not write to them.`;
  });
};

interface Moved {
  how: "gone" | "changed" | "made";
  received: string;
}

const listed = (ones: readonly Moved[]): string => ones.map(({ received }) => received).join("; ");

const movedGroups = (before: readonly Group[], now: readonly Group[], own: string): Moved[] => {
  const moved: Moved[] = [];
  for (const group of before) {
    const left = now.find(({ id }) => id === group.id);
    const names = left ? movedParts(group, left) : [];
    if (left === undefined) moved.push({ how: "gone", received: `${shown(group.name)} (${group.id}) is gone` });
    else if (names.length > 0)
      moved.push({ how: "changed", received: `of ${group.id}, ${changes({ ...group }, { ...left }, names)}` });
  }
  for (const { id, name } of now)
    if (String(name).startsWith(own) && !before.some((group) => group.id === id))
      moved.push({ how: "made", received: `${shown(name)} (${id}) was made` });
  return moved;
};
