import { asOther } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import type { Context } from "../context.ts";
import type { Settings } from "../guard/settings.ts";
import { marked, post } from "../marks.ts";
import { idsIn } from "../paging.ts";
import { expectRefused } from "../refusals.ts";
import { guardOf, operation } from "../writing.ts";
import { movedInOther, ofAnotherTenant, settingsOfOther } from "./call-park-other-tenant.ts";
import { isRingGroupStuck } from "./nulls.ts";
import { ringGroupIds } from "./ring-groups.ts";

const code = "call_park.post.authentication.other_tenant";

/** What only the tenant of the ring group can have: any other must be refused, whatever else it may write. */
const withRingGroup = (context: Context, id: string, index: number): Settings =>
  marked(context, { recall_to: "RING_GROUP_ONLY", ring_group_id: id }, index);

/**
 * Nothing is sent with the other tenant's token that could change that tenant: the body names a ring group of this one,
 * which the other is seen not to have, on a PBX that is seen to refuse a ring group of another tenant.
 */
export const callParkOtherToken: Check = {
  id: code,
  title: "POST /call_park with another tenant's token does not write this tenant's settings",
  operation,
  level: "full",
  chained: true,
  run: async (context) => {
    await ofAnotherTenant(context);
    const before = await settingsOfOther(context);
    if (before === undefined) throw new Skip(`The other tenant's settings cannot be watched, so ${nothingSent}`);
    const [ours] = await ringGroupIds(context);
    if (ours === undefined) throw new Skip("The tenant has no ring group.");
    if (await isRingGroupStuck(context)) throw new Skip("A ring group could not be taken away again.");
    const theirs = idsIn((await asOther(context, "/ring_groups")).json);
    const shown = await asOther(context, `/ring_groups/${encodeURIComponent(ours)}`);
    if (theirs.includes(ours) || shown.status !== 404)
      throw new Skip(`The other tenant may have this tenant's ring group, so ${nothingSent}`);
    const [foreign] = theirs;
    if (foreign === undefined || !(await isRefused(context, foreign)))
      throw new Skip(`The PBX was not seen to refuse another tenant's ring group, so ${nothingSent}`);
    const request = post(JSON.stringify(withRingGroup(context, ours, 1)));
    const Authorization = `Bearer ${context.otherToken}`;
    const findings = await expectRefused(context, [
      {
        code,
        what: "another tenant's token",
        pointer: "#/paths/~1call_park/post",
        because: "other tenant",
        request: { ...request, headers: { ...request.headers, Authorization }, anonymous: true },
      },
    ]);
    return [...findings, ...(await movedInOther(context, before))];
  },
};

const nothingSent = "nothing is written with its token.";

const isRefused = async (context: Context, ringGroup: string): Promise<boolean> => {
  const guard = guardOf(context);
  const before = await guard.current();
  const { exchanges, after } = await guard.sendAll([post(JSON.stringify(withRingGroup(context, ringGroup, 2)))]);
  const [exchange] = exchanges;
  // A PBX that carries out what it refuses would change the other tenant, which a run cannot put back.
  const isUnchanged = guard.differences(before, after).length === 0;
  return exchange !== undefined && exchange.status >= 400 && exchange.status <= 499 && isUnchanged;
};
