import { isDeepStrictEqual } from "node:util";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { judgeRead, shown } from "../judge.ts";
import { isPage, judgeBounds, judgeOne, judgePage, judgeQueries, type Listing, type Page } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import { readable } from "./readable.ts";

/** At what is listed and shown, where the list has changed meanwhile. */
const mostLooks = 3;

const checksOf = (name: string, what: string): Check[] => {
  const operation = `GET /${name}`;
  const path = `/${name}`;
  const filled = async (context: Context): Promise<Page> => {
    const all = (await readable(context, path)).json;
    if (!isPage(all) || all.items.length === 0) throw new Skip(`The tenant has no ${what}.`);
    return all;
  };
  const listing = ({ session }: Context): Listing => ({
    operation,
    code: `${name}.list`,
    get: (query) => session.send({ method: "GET", path: `${path}?${query}` }),
  });
  return [
    {
      id: `${name}.list.body`,
      title: `GET ${path} answers with a page of ${what}, and counts them`,
      operation,
      level: "read",
      run: async (context) => judgePage(context, listing(context), await readable(context, path)),
    },
    {
      id: `${name}.list.top`,
      title: `GET ${path} lists no more than asked for, and counts all`,
      operation,
      level: "read",
      run: async (context) => judgeOne(context, listing(context), "top", (await filled(context)).count),
    },
    {
      id: `${name}.list.skip`,
      title: `GET ${path} leaves out the first items when asked to`,
      operation,
      level: "full",
      run: async (context) => judgeOne(context, listing(context), "skip", (await filled(context)).count),
    },
    {
      id: `${name}.list.bounds`,
      title: `GET ${path} refuses paging outside its bounds`,
      operation,
      level: "read",
      run: async (context) => {
        await readable(context, path);
        return judgeBounds(context, listing(context));
      },
    },
    {
      id: `${name}.list.query`,
      title: `GET ${path} takes what it should, refuses what is no number, and lists in one order`,
      operation,
      level: "full",
      run: async (context) => {
        const all = await readable(context, path);
        // The check of the run's own has more to put in order.
        if (context.chosen.has(`${name}.list.own`)) return judgeQueries(context, listing(context));
        // Of a PBX that turns the order about each time every second list looks the same, whoever's it is.
        const wasAsked = context.otherToken !== undefined;
        const before = wasAsked ? await context.session.send({ method: "GET", path }) : all;
        return judgeQueries(context, listing(context), before);
      },
    },
    {
      id: `${name}.show.body`,
      title: `GET ${path}/{id} answers with what the list names`,
      operation: `${operation}/{id}`,
      level: "read",
      run: async (context) => {
        // The last: the first is what a PBX shows that does not look at the id.
        const last = (await filled(context)).items.at(-1);
        if (typeof last?.id !== "string") throw new Skip(`The list of ${what} gives no id.`);
        let item: Page["items"][number] = last;
        let findings = await shownAs(context, name, item, (one) => context.session.once(one));
        // Somebody else may have changed or destroyed it since it was listed.
        for (let look = 0; findings.length > 0 && look < mostLooks; look += 1) {
          const fresh = (await context.session.send({ method: "GET", path })).json;
          const now = isPage(fresh) ? fresh.items.find(({ id }) => id === last.id) : item;
          if (now === undefined) throw new Skip(`What was listed of the ${what} is gone: somebody else is at work.`);
          if (isDeepStrictEqual(now, item)) break;
          item = now;
          findings = await shownAs(context, name, item, (one) => context.session.send({ method: "GET", path: one }));
        }
        return findings;
      },
    },
  ];
};

/** Shows what is listed: it must be as the list has it. */
const shownAs = async (
  context: Context,
  name: string,
  item: Page["items"][number],
  get: (path: string) => Promise<Exchange>,
): Promise<Finding[]> => {
  const operation = `GET /${name}/{id}`;
  const exchange = await get(`/${name}/${encodeURIComponent(String(item.id))}`);
  const findings = judgeRead(context, operation, `${name}.show`, exchange);
  if (findings.length > 0) return findings;
  const given = exchange.json as Record<string, unknown>;
  const schema = context.contract.answer(operation, 200)?.schema ?? {};
  return Object.entries(item)
    .filter(([field, value]) => context.contract.properties(schema).has(field) && given[field] !== value)
    .map(([field, value]) =>
      finding(context, {
        code: `${name}.show.${field}`,
        operation,
        documented: `what the list says of the resource asked for, ${field} ${shown(value)}`,
        received: shown(given[field]),
        pointer: `#/paths/~1${name}~1{id}/get`,
        exchange,
      }),
    );
};

export const lists: readonly Check[] = [
  ...checksOf("ring_groups", "ring groups"),
  // With groups of the run's own there is more to leave out than the tenant may have.
  ...checksOf("call_park_groups", "call park groups").filter(({ id }) => id !== "call_park_groups.list.skip"),
];
