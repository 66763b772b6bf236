import { asOther } from "../asking.ts";
import { Skip } from "../check.ts";
import type { Context } from "../context.ts";
import { marked, post } from "../marks.ts";
import { idsIn } from "../paging.ts";
import type { RefusalProbe } from "../refusals.ts";
import type { Refusing } from "../refusing-checks.ts";
import { readable } from "./readable.ts";
import { numberedIn } from "./ring-groups.ts";

const pointer = "#/components/schemas/CallParkUpdate";

/** What belongs to something else: it has the shape that is wanted, and is refused for whose it is. */
export const callParkTaken: Refusing = {
  id: "call_park.post.taken",
  title: "POST /call_park refuses a number that is taken, and a ring group that is not the tenant's",
  probes: async (context) => {
    const { json } = await readable(context, "/ring_groups");
    const ids = idsIn(json);
    const [own] = numberedIn(json);
    if (own === undefined) throw new Skip("The tenant has no ring group with a number.");
    const ringGroup = (id: string) => ({ recall_to: "RING_GROUP_ONLY", ring_group_id: id });
    const probe = (end: string, what: string, changes: Record<string, unknown>, index: number): RefusalProbe => ({
      code: `call_park.post.${end}`,
      what,
      pointer,
      request: post(JSON.stringify(marked(context, changes, index))),
    });
    const [group] = idsIn((await context.session.once("/call_park_groups")).json);
    const [theirs] = context.otherToken === undefined ? [] : numberedIn((await asOther(context, "/ring_groups")).json);
    return [
      ...((await isKnownTaken(context, own.extension_number))
        ? [probe("extension_number.taken", "the number of a ring group", { extension_number: own.extension_number }, 0)]
        : []),
      ...(own.extension_number === own.id
        ? []
        : [probe("ring_group_id.number", "a ring group's number for its id", ringGroup(own.extension_number), 1)]),
      ...(group === undefined || ids.includes(group)
        ? []
        : [probe("ring_group_id.another", "a call park group's id for a ring group's", ringGroup(group), 3)]),
      ...(theirs === undefined || ids.includes(theirs.id)
        ? []
        : [probe("ring_group_id.other_tenant", "another tenant's ring group", ringGroup(theirs.id), 2)]),
    ];
  },
};

/** Only a PBX that says what has a number can be held to it. */
const isKnownTaken = async (context: Context, number: string): Promise<boolean> => {
  const { status } = await context.session.once(`/extension_numbers/${encodeURIComponent(number)}`);
  return status === 200;
};
