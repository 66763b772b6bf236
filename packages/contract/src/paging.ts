import { type Context, finding } from "./context.ts";
import type { Contract, Schema } from "./contract-document.ts";
import type { Finding } from "./finding.ts";
import { isSettings } from "./guard/settings.ts";
import { judgeRead, shown } from "./judge.ts";
import { judgeRefusal } from "./judge-refusal.ts";
import { outsideBounds } from "./values.ts";
import type { Exchange } from "./wire.ts";

export interface Page {
  count: number;
  items: { id: string }[];
}

export const isPage = (value: unknown): value is Page =>
  typeof value === "object" && value !== null && "count" in value && "items" in value && Array.isArray(value.items);

/** What is listed, of whatever kind; nothing where it is no list. */
export const itemsIn = (json: unknown): Record<string, unknown>[] =>
  isSettings(json) && Array.isArray(json["items"]) ? json["items"].filter(isSettings) : [];

/** The ids on a page; none where it is no page. */
export const idsIn = (json: unknown): string[] =>
  isPage(json) ? json.items.map(({ id }) => id).filter((id) => typeof id === "string") : [];

/** A list that is read page by page. */
export interface Listing {
  /** `GET /ring_groups`. */
  operation: string;
  /** How the codes of what is found begin. */
  code: string;
  /** Reads it with this query, or with none. */
  get: (query: string) => Promise<Exchange>;
}

interface Paging {
  name: string;
  schema: Schema;
}

/** How many items a page has where nothing else is asked for, and at most. */
const top = (contract: Contract): Schema => (contract.at("#/components/parameters/Top") as Paging).schema;

/** How many items a page may have. */
export const mostOnPage = (contract: Contract): number => top(contract).maximum ?? 1;

/** How many it has where nobody says how many. */
const usualOnPage = ({ contract }: Context): number => Number(top(contract).default);

/** A page holds what it counts, each item once. */
export const judgePage = (context: Context, { operation, code }: Listing, exchange: Exchange): Finding[] => {
  const findings = judgeRead(context, operation, code, exchange);
  if (!isPage(exchange.json)) return findings;
  const { count, items } = exchange.json;
  const wanted = Math.min(count, usualOnPage(context));
  const about = { operation, exchange };
  if (items.length !== wanted)
    findings.push(
      finding(context, {
        ...about,
        code: `${code}.count`,
        documented: `as many items as are counted, ${wanted} for a count of ${count}`,
        received: `${items.length} items`,
        pointer: "#/components/schemas/Count",
      }),
    );
  const ids = idsIn(exchange.json);
  if (new Set(ids).size < ids.length)
    findings.push(
      finding(context, {
        ...about,
        code: `${code}.items`,
        documented: "items of different ids",
        received: shown(ids),
        pointer: "#/components/schemas/ResourceId",
      }),
    );
  return findings;
};

/** `top=1` and `skip=1` give as many items as they should, and the count of all. */
export const judgeOne = async (
  context: Context,
  { operation, code, get }: Listing,
  query: "top" | "skip",
  count: number,
): Promise<Finding[]> => {
  const judge = async (all: number): Promise<Finding[]> => {
    const wanted = query === "top" ? 1 : Math.min(all - 1, usualOnPage(context));
    const exchange = await get(`${query}=1`);
    const findings = judgeRead(context, operation, `${code}.${query}`, exchange);
    if (findings.length > 0 || !isPage(exchange.json)) return findings;
    const { count: counted, items } = exchange.json;
    if (counted === all && items.length === wanted) return [];
    return [
      finding(context, {
        code: `${code}.${query}`,
        operation,
        documented: `${wanted} items and the count of all, ${all}, for ${query}=1`,
        received: `${items.length} items and the count ${counted}`,
        pointer: `#/components/parameters/${query === "top" ? "Top" : "Skip"}`,
        exchange,
      }),
    ];
  };
  const findings = await judge(count);
  if (findings.length === 0) return [];
  // Somebody may have made or destroyed one since it was counted.
  const { json } = await get("skip=0");
  return isPage(json) && json.count !== count ? judge(json.count) : findings;
};

/** Paging outside its bounds is refused. */
export const judgeBounds = async (context: Context, { operation, code, get }: Listing): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const parameter of ["Top", "Skip"]) {
    const { name, schema } = context.contract.at(`#/components/parameters/${parameter}`) as Paging;
    for (const { value, what, rule } of outsideBounds(context.contract.resolve(schema))) {
      const refusal = { operation, code: `${code}.${name}.${rule}`, what: `${name}=${what}` };
      findings.push(...judgeRefusal(context, refusal, await get(`${name}=${value}`)));
    }
  }
  return findings;
};

/**
 * Two readings of the whole list give one order: it is the PBX's to choose, and must be the same for one page and the
 * next. `first` is an earlier one, which named no page.
 */
export const judgeOrder = async (
  context: Context,
  { operation, code, get }: Listing,
  first: Exchange,
): Promise<Finding[]> => {
  const exchange = await get(`top=${mostOnPage(context.contract)}&skip=0`);
  const findings = judgeRead(context, operation, `${code}.allowed`, exchange);
  const [before, after] = [idsIn(first.json), idsIn(exchange.json)];
  if (before.toSorted().join() !== after.toSorted().join() || before.join() === after.join()) return findings;
  return [
    ...findings,
    finding(context, {
      code: `${code}.order`,
      operation,
      documented: "pages of one list, which takes one order",
      received: `${shown(before)}, and then ${shown(after)}`,
      pointer: "#/components/parameters/Skip",
      exchange,
    }),
  ];
};

/** The whole list may be asked for at once, comes in one order, and what is no number is refused. */
export const judgeQueries = async (
  context: Context,
  listing: Listing,
  /** The whole list as it was, where no other check judges its order. */
  first?: Exchange,
): Promise<Finding[]> => {
  const { operation, code, get } = listing;
  const findings = first ? await judgeOrder(context, listing, first) : [];
  for (const query of ["top", "skip"]) {
    const refusal = { operation, code: `${code}.${query}.type`, what: `a ${query} that is no number` };
    findings.push(...judgeRefusal(context, refusal, await get(`${query}=callpark`)));
  }
  const searched = await get("search=callpark");
  // What is looked for, and how, is not documented: it may be refused, and what is found is a page.
  if (searched.status < 400 || searched.status > 499)
    findings.push(...judgeRead(context, operation, `${code}.search`, searched));
  return findings;
};
