import { withCasesSwapped } from "../bad-credentials.ts";
import type { Context } from "../context.ts";
import { isSettings } from "../guard/settings.ts";
import { idsIn, isPage } from "../paging.ts";
import { unknownId } from "../values.ts";

const pageOf = async ({ session }: Context): Promise<unknown> => (await session.once("/ring_groups")).json;

interface Numbered {
  id: string;
  extension_number: string;
  [field: string]: unknown;
}

/** The ring groups on a page that have a number; none where it is no page. */
export const numberedIn = (page: unknown): Numbered[] =>
  isPage(page) ? (page.items as unknown[]).filter(isNumbered) : [];

const isNumbered = (item: unknown): item is Numbered =>
  isSettings(item) &&
  typeof item["id"] === "string" &&
  typeof item["extension_number"] === "string" &&
  item["extension_number"] !== "";

export const ringGroupNumbers = async (context: Context): Promise<string[]> =>
  numberedIn(await pageOf(context)).map(({ extension_number: number }) => number);

/** The ids of the tenant's ring groups, the first page of them. */
export const ringGroupIds = async (context: Context): Promise<string[]> => idsIn(await pageOf(context));

/** The same for who can do without: none where no answer comes. */
export const ringGroupIdsIfAny = (context: Context): Promise<string[]> => ringGroupIds(context).catch(() => []);

/** The modes that take a ring group. */
export const ringGroupModes = ({ contract }: Context): unknown[] =>
  contract.properties(contract.schema("RecallToRingGroup")).get("recall_to")?.[0]?.enum ?? [];

/** In hexadecimal, as in a UUID, a letter is the same in both cases. */
const hexadecimal = /^[0-9a-f{}-]*$/i;

/** An id that no ring group has: where it can be, one of the tenant's with capitals and small letters exchanged. */
export const noRingGroup = async (context: Context): Promise<string> => {
  const ids = await ringGroupIdsIfAny(context);
  const [own = ""] = ids;
  const other = withCasesSwapped(own);
  return hexadecimal.test(own) || ids.includes(other) ? unknownId : other;
};
