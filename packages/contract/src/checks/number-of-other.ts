import { asOther } from "../asking.ts";
import type { Context } from "../context.ts";
import type { Settings } from "../guard/settings.ts";
import { idsIn, itemsIn } from "../paging.ts";
import { ringGroupNumbers } from "./ring-groups.ts";

/**
 * A number that something of the other tenant has and nothing of this one: the tenants' numbers are apart. Undefined
 * where none is seen.
 */
export const numberOfOther = async (context: Context, of: "ring group" | "user"): Promise<string | undefined> => {
  if (context.otherToken === undefined) return undefined;
  // 404 says that a number is free only where one that is taken is known.
  const [taken] = await ringGroupNumbers(context).catch(() => []);
  if (taken === undefined || (await looked(context, taken)) !== 200) return undefined;
  for (const { extension_number: number } of await numberedOfOther(context, of)) {
    if (typeof number !== "string") continue;
    if ((await looked(context, number)) === 404 && number !== context.guard?.before["extension_number"]) return number;
  }
  return undefined;
};

/** What of the other tenant has a number: a few of them. */
export const numberedOfOther = async (context: Context, of: "ring group" | "user"): Promise<Settings[]> => {
  const found: Settings[] = [];
  for (const path of of === "ring group" ? ["/ring_groups"] : await memberLists(context))
    found.push(...itemsIn((await asOther(context, path)).json).slice(0, mostNumbers));
  return found;
};

const looked = async ({ session }: Context, number: string): Promise<number> =>
  (await session.once(`/extension_numbers/${encodeURIComponent(number)}`)).status;

const mostNumbers = 2;

const memberLists = async (context: Context): Promise<string[]> => {
  const { json } = await asOther(context, "/call_park_groups");
  return idsIn(json)
    .slice(0, mostNumbers)
    .map((id) => `/call_park_groups/${encodeURIComponent(id)}/members`);
};
