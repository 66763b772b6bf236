import {
  changeDeniedToOthers,
  denied,
  deniedToOthers,
  deniedToSpoilt,
  deniedToStrangers,
  granted,
  isTheirs,
  request,
} from "../asking.ts";
import { wrongToken } from "../bad-credentials.ts";
import type { Check } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import type { Group } from "../guard/group-listing.ts";
import { pathPointer, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { itemsIn } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import { OwnGroups } from "./own-groups.ts";

const listed = "GET /call_park_groups";
export const created = "POST /call_park_groups";
export const shownOne = "GET /call_park_groups/{id}";
export const updated = "POST /call_park_groups/{id}";
const destroyed = "POST /call_park_groups/{id}/destroy";
export const list = "/call_park_groups";

/** No group may be there that no answer named. */
export const besides = (context: Context, own: OwnGroups, there: Group[] | undefined, code: string): Finding[] => {
  const unexpected = own.tenants.unexpected(there ?? []);
  if (unexpected.length === 0) return [];
  return [
    finding(context, {
      code,
      operation: created,
      documented: "one group for each 201, and none for a refusal",
      received: `also ${unexpected.map(shown).join(", ")}`,
      pointer: pathPointer(created),
    }),
  ];
};

export const wronglyListed = (context: Context, code: string, wanted: boolean): Finding =>
  finding(context, {
    code,
    operation: listed,
    documented: wanted ? "a group that was created is listed" : "a destroyed group is listed no more",
    received: wanted ? "it is not" : "it is",
    pointer: pathPointer(listed),
  });

const shows: Check = {
  id: "call_park_groups.show.refuses",
  title: "A call park group is shown to nobody without a token, nor to another tenant",
  operation: shownOne,
  level: "full",
  run: async (context) => {
    const own = await OwnGroups.of(context);
    const { id, path } = await own.one();
    const asked = request("GET", path);
    const findings = [
      ...(await deniedToStrangers(context, shownOne, "call_park_groups.show", asked)),
      // Of the other ways not to be let in each is tried once where there is something to see.
      ...(await deniedToSpoilt(
        context,
        wrongToken,
        { operation: listed, code: "call_park_groups" },
        request("GET", list),
      )),
    ];
    if (context.otherToken === undefined) return findings;
    if (!(await isTheirs(context, path, own.name)))
      findings.push(...(await deniedToOthers(context, shownOne, "call_park_groups.show", asked)));
    const headers = { Authorization: `Bearer ${context.otherToken}` };
    const { json } = await context.session.sendAs({ method: "GET", path: list, headers });
    if (itemsIn(json).some((group) => group["id"] === id && String(group["name"]).startsWith(own.name)))
      findings.push(
        finding(context, {
          code: "call_park_groups.list.other_tenant",
          operation: listed,
          documented: "a tenant's call park groups are listed to its own users",
          received: "one of this run's in the list (with the other tenant's token)",
          pointer: pathPointer(listed),
        }),
      );
    return findings;
  },
};

const destroys: Check = {
  id: "call_park_groups.destroy",
  title: "A call park group can be destroyed once, by a user of its tenant, and its name is free again",
  operation: destroyed,
  level: "full",
  run: async (context) => {
    const own = await OwnGroups.of(context);
    const other = await own.other();
    const { id, path, name } = other;
    const code = "call_park_groups.destroy";
    const findings = await deniedToStrangers(context, destroyed, code, request("POST", `${path}/destroy`));
    if (context.otherToken !== undefined)
      findings.push(
        ...(await changeDeniedToOthers(context, destroyed, code, request("POST", `${path}/destroy`), path)),
      );
    const method = { operation: destroyed, code: `${code}.method`, what: "DELETE", because: "method" as const };
    findings.push(...(await denied(context, method, request("DELETE", path))));
    findings.push(...(await denied(context, { ...method, what: "GET" }, request("GET", `${path}/destroy`))));
    findings.push(...granted(context, destroyed, code, await own.destroy(other)));
    const gone = (operation: string, end: string, asked: ReturnType<typeof request>) =>
      denied(context, { operation, code: `${code}.${end}`, what: "a destroyed group", because: "absent" }, asked);
    findings.push(
      ...(await gone(shownOne, "gone", request("GET", path))),
      ...(await gone(updated, "updated", request("POST", path, { name: `${name}-x`, recall_to: "USER_ONLY" }))),
      ...(await gone(destroyed, "twice", request("POST", `${path}/destroy`))),
    );
    const isGone = findings.length === 0;
    if (isGone) own.isGone(id);
    const there = await own.listed();
    // What was refused to be made before must not be there either.
    findings.push(...besides(context, own, there, "call_park_groups.create.made"), ...(await own.tenants.judge(there)));
    if (there?.some((group) => group.id === id)) findings.push(wronglyListed(context, `${code}.listed`, false));
    // Two at the same time: a PBX that looks first and writes later gives both of them the name.
    const body = { name, recall_to: "USER_ONLY" };
    const [first, second] = (await own.race(body)).sort((one, other) => one.status - other.status) as [
      Exchange,
      Exchange,
    ];
    // Whoever turns both away may say that somebody else is at it: alone, it must be let in.
    const again = first.status < 400 ? first : await own.create(body);
    own.replacesOther(other, again);
    const refusal = { operation: created, code: "call_park_groups.create.at_once", what: "a name that is being taken" };
    return [
      ...findings,
      ...granted(context, created, "call_park_groups.create.name_free_again", again),
      ...judgeRefusal(context, refusal, second),
    ];
  },
};

/** Who a group is shown to, and that it goes. */
export const groupsGone: readonly Check[] = [shows, destroys];
