import { deniedToStrangers, request } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import type { Finding } from "../finding.ts";
import { judgeRead, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { outsideBounds } from "../values.ts";
import { readable } from "./readable.ts";

export interface Page {
  count: number;
  items: { id: string }[];
}

export const isPage = (value: unknown): value is Page =>
  typeof value === "object" && value !== null && "count" in value && "items" in value && Array.isArray(value.items);

/** How many items a page has where nothing else is asked for. */
const pageSize = (context: Context): number =>
  Number((context.contract.at("#/components/parameters/Top/schema") as Schema).default);

const checksOf = (name: string, what: string): Check[] => {
  const operation = `GET /${name}`;
  const path = `/${name}`;
  const filled = async (context: Context): Promise<Page> => {
    const all = (await readable(context, path)).json;
    if (!isPage(all) || all.items.length === 0) throw new Skip(`The tenant has no ${what}.`);
    return all;
  };
  /** A page must hold as many items as wanted, and the count of all. Their order is not documented. */
  const page = async (context: Context, query: "top" | "skip", wanted: { count: number; items: number }) => {
    const code = `${name}.list.${query}`;
    const exchange = await context.session.send({ method: "GET", path: `${path}?${query}=1` });
    const findings = judgeRead(context, operation, code, exchange);
    if (findings.length > 0 || !isPage(exchange.json)) return findings;
    const { count, items } = exchange.json;
    if (count === wanted.count && items.length === wanted.items) return [];
    return [
      finding(context, {
        code,
        operation,
        documented: `${wanted.items} items and the count of all, ${wanted.count}, for ${query}=1`,
        received: `${items.length} items and the count ${count}`,
        pointer: `#/components/parameters/${query === "top" ? "Top" : "Skip"}`,
        exchange,
      }),
    ];
  };
  return [
    {
      id: `${name}.list.body`,
      title: `GET ${path} answers with a page of ${what}, and counts them`,
      operation,
      level: "read",
      run: async (context) => {
        const exchange = await readable(context, path);
        const findings = judgeRead(context, operation, `${name}.list`, exchange);
        if (!isPage(exchange.json)) return findings;
        const { count, items } = exchange.json;
        const wanted = Math.min(count, pageSize(context));
        if (items.length !== wanted)
          findings.push(
            finding(context, {
              code: `${name}.list.count`,
              operation,
              documented: `as many items as are counted, ${wanted} for a count of ${count}`,
              received: `${items.length} items`,
              pointer: "#/components/schemas/Count",
              exchange,
            }),
          );
        return findings;
      },
    },
    {
      id: `${name}.list.top`,
      title: `GET ${path} lists no more than asked for, and counts all`,
      operation,
      level: "read",
      run: async (context) => {
        const { count } = await filled(context);
        return page(context, "top", { count, items: 1 });
      },
    },
    {
      id: `${name}.list.skip`,
      title: `GET ${path} leaves out the first items when asked to`,
      operation,
      level: "read",
      run: async (context) => {
        const { count } = await filled(context);
        return page(context, "skip", { count, items: Math.min(count - 1, pageSize(context)) });
      },
    },
    {
      id: `${name}.list.bounds`,
      title: `GET ${path} refuses paging outside its bounds`,
      operation,
      level: "read",
      run: async (context) => {
        await readable(context, path);
        const findings: Finding[] = [];
        for (const parameter of ["Top", "Skip"]) {
          const { name: query, schema } = context.contract.at(`#/components/parameters/${parameter}`) as {
            name: string;
            schema: Schema;
          };
          for (const { value, what: tried, rule } of outsideBounds(context.contract.resolve(schema))) {
            const exchange = await context.session.send({ method: "GET", path: `${path}?${query}=${value}` });
            const code = `${name}.list.${query}.${rule}`;
            findings.push(...judgeRefusal(context, { operation, code, what: `${query}=${tried}` }, exchange));
          }
        }
        return findings;
      },
    },
    {
      id: `${name}.list.query`,
      title: `GET ${path} takes what it should, refuses what is no number, and lists in one order`,
      operation,
      level: "full",
      run: async (context) => {
        const all = (await readable(context, path)).json;
        const { maximum = 1 } = context.contract.at("#/components/parameters/Top/schema") as Schema;
        const ask = (query: string) => context.session.send({ method: "GET", path: `${path}?${query}` });
        const allowed = await ask(`top=${maximum}&skip=0`);
        const findings = judgeRead(context, operation, `${name}.list.allowed`, allowed);
        const idsOf = (json: unknown) => (isPage(json) ? json.items.map(({ id }) => id) : []);
        const [wanted, given] = [idsOf(all), idsOf(allowed.json)];
        // The order is the PBX's to choose, and must be the same for one page and the next.
        if (
          findings.length === 0 &&
          [...wanted].sort().join() === [...given].sort().join() &&
          wanted.join() !== given.join()
        )
          findings.push(
            finding(context, {
              code: `${name}.list.order`,
              operation,
              documented: "pages of one list, which takes one order",
              received: `${shown(wanted)}, and then ${shown(given)}`,
              pointer: "#/components/parameters/Skip",
              exchange: allowed,
            }),
          );
        for (const query of ["top", "skip"])
          findings.push(
            ...judgeRefusal(
              context,
              { operation, code: `${name}.list.${query}.type`, what: `a ${query} that is no number` },
              await ask(`${query}=callpark`),
            ),
          );
        const searched = await ask("search=callpark");
        if (searched.status >= 500) findings.push(...judgeRead(context, operation, `${name}.list.search`, searched));
        return findings;
      },
    },
    {
      id: `${name}.show.body`,
      title: `GET ${path}/{id} answers with what the list names`,
      operation: `${operation}/{id}`,
      level: "read",
      run: async (context) => {
        const [item] = (await filled(context)).items;
        if (typeof item?.id !== "string") throw new Skip(`The list of ${what} gives no id.`);
        const exchange = await context.session.once(`${path}/${encodeURIComponent(item.id)}`);
        const findings = judgeRead(context, `${operation}/{id}`, `${name}.show`, exchange);
        if (findings.length > 0) return findings;
        // A group of the run's own stands for the other list.
        if (name === "ring_groups")
          findings.push(
            ...(await deniedToStrangers(
              context,
              `${operation}/{id}`,
              `${name}.show`,
              request("GET", exchange.request.path),
            )),
          );
        const given = exchange.json as Record<string, unknown>;
        const schema = context.contract.answer(`${operation}/{id}`, 200)?.schema ?? {};
        const differing = Object.entries(item)
          .filter(([field, value]) => context.contract.properties(schema).has(field) && given[field] !== value)
          .map(([field, value]) =>
            finding(context, {
              code: `${name}.show.${field}`,
              operation: `${operation}/{id}`,
              documented: `what the list says of the resource asked for, ${field} ${shown(value)}`,
              received: shown(given[field]),
              pointer: `#/paths/~1${name}~1{id}/get`,
              exchange,
            }),
          );
        return [...findings, ...differing];
      },
    },
  ];
};

export const lists: readonly Check[] = [
  ...checksOf("ring_groups", "ring groups"),
  ...checksOf("call_park_groups", "call park groups"),
];
