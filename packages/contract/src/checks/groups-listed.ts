import { isDeepStrictEqual } from "node:util";
import type { Check } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { pathPointer, shown } from "../judge.ts";
import { isPage, judgeOne, judgeOrder, judgePage, type Listing } from "../paging.ts";
import { modesOf } from "./group-bodies.ts";
import { OwnGroups } from "./own-groups.ts";
import { readable } from "./readable.ts";

const operation = "GET /call_park_groups";
const path = "/call_park_groups";

/** Enough that a page can be one short, or one too long. */
const enough = 3;

/** With groups of the run's own there is something to page through, whatever the tenant has. */
export const groupsListed: Check = {
  id: "call_park_groups.list.own",
  title: "GET /call_park_groups pages through the groups, and shows each as it is",
  operation,
  level: "full",
  run: async (context) => {
    await readable(context, path);
    const own = await OwnGroups.of(context);
    const [mode] = await modesOf(context);
    // Other checks have made some already, this mode's first.
    if (own.size === 0) await own.create({ name: `${own.name}-listed`, ...mode });
    while (own.size < enough) await own.made(`listed-${own.size}`);
    const get = (query: string) => send(context, { method: "GET", path: query === "" ? path : `${path}?${query}` });
    const listing: Listing = { operation, code: "call_park_groups.list", get };
    const all = await get("");
    own.sawListed(all);
    const findings = judgePage(context, listing, all);
    if (!isPage(all.json)) return findings;
    for (const query of ["top", "skip"] as const)
      findings.push(...(await judgeOne(context, listing, query, all.json.count)));
    findings.push(...(await judgeOrder(context, listing, all)));
    const items: unknown[] = all.json.items;
    const mine = items.filter(isSettings).filter(({ id }) => own.has(id));
    const listed = mine
      .toSorted(ringGroupFirst)
      // A list may know a group as it was made.
      .toSorted((one, other) => Number(own.isRenamed(other["id"])) - Number(own.isRenamed(one["id"])))[0];
    const unlike = mine.flatMap((one) => differingFrom(context, one, own.shown(one["id"])));
    return [...findings, ...(unlike.length > 0 ? unlike : await asShown(context, listed))];
  },
};

/** A list that loses something loses the ring group. */
const ringGroupFirst = (one: Record<string, unknown>, other: Record<string, unknown>): number =>
  Number(typeof other["ring_group_id"] === "string") - Number(typeof one["ring_group_id"] === "string");

/** The list and the group itself say the same. */
const asShown = async (context: Context, listed: unknown): Promise<Finding[]> => {
  if (!isSettings(listed)) return [];
  const one = await send(context, { method: "GET", path: `${path}/${encodeURIComponent(String(listed["id"]))}` });
  return differingFrom(context, listed, isSettings(one.json) ? one.json : undefined);
};

const differingFrom = (
  context: Context,
  listed: Record<string, unknown>,
  shownAlone: Readonly<Record<string, unknown>> = {},
): Finding[] => {
  const documented = context.contract.properties(context.contract.schema("CallParkGroup"));
  return Object.entries(shownAlone)
    .filter(([name, value]) => documented.has(name) && !isDeepStrictEqual(value, listed[name]))
    .map(([name, value]) =>
      finding(context, {
        code: `call_park_groups.list.${name}`,
        operation,
        documented: `what the group itself says, ${name} ${shown(value)}`,
        received: shown(listed[name]),
        pointer: pathPointer(operation),
      }),
    );
};
