import { type Check, Skip } from "../check.ts";
import { finding } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import type { Finding } from "../finding.ts";
import { judgeAnswer, judgeRefusal } from "../judge.ts";
import { outsideBounds } from "../values.ts";

interface Page {
  count: number;
  items: { id: string }[];
}

const isPage = (value: unknown): value is Page =>
  typeof value === "object" && value !== null && "count" in value && "items" in value && Array.isArray(value.items);

const checksOf = (name: string, what: string): Check[] => {
  const operation = `GET /${name}`;
  const path = `/${name}`;
  return [
    {
      id: `${name}.list.body`,
      title: `GET ${path} answers with a page of ${what}`,
      operation,
      level: "read",
      run: async (context) => judgeAnswer(context, operation, `${name}.list`, await context.session.once(path)),
    },
    {
      id: `${name}.list.top`,
      title: `GET ${path} lists no more than asked for, and counts all`,
      operation,
      level: "read",
      run: async (context) => {
        const all = (await context.session.once(path)).json;
        if (!isPage(all) || all.items.length === 0) throw new Skip(`The tenant has no ${what}.`);
        const exchange = await context.session.send({ method: "GET", path: `${path}?top=1` });
        const findings = judgeAnswer(context, operation, `${name}.list.top`, exchange);
        if (!isPage(exchange.json)) return findings;
        const { count, items } = exchange.json;
        if (items.length !== 1 || count !== all.count)
          findings.push(
            finding(context, {
              code: `${name}.list.top`,
              operation,
              documented: `one item and the count of all, ${all.count}, for top=1`,
              received: `${items.length} items and the count ${count}`,
              pointer: "#/components/parameters/Top",
              exchange,
            }),
          );
        return findings;
      },
    },
    {
      id: `${name}.list.bounds`,
      title: `GET ${path} refuses paging outside its bounds`,
      operation,
      level: "read",
      run: async (context) => {
        const findings: Finding[] = [];
        for (const parameter of ["Top", "Skip"]) {
          const { name: query, schema } = context.contract.at(`#/components/parameters/${parameter}`) as {
            name: string;
            schema: Schema;
          };
          for (const { value, what: tried, rule } of outsideBounds(context.contract.resolve(schema))) {
            const exchange = await context.session.send({ method: "GET", path: `${path}?${query}=${value}` });
            const code = `${name}.list.${query}.${rule}`;
            findings.push(...judgeRefusal(context, operation, code, exchange, `${query}=${tried}`));
          }
        }
        return findings;
      },
    },
    {
      id: `${name}.show.body`,
      title: `GET ${path}/{id} answers with what the list names`,
      operation: `${operation}/{id}`,
      level: "read",
      run: async (context) => {
        const page = (await context.session.once(path)).json;
        const item = isPage(page) ? page.items[0] : undefined;
        if (typeof item?.id !== "string") throw new Skip(`The tenant has no ${what}.`);
        const exchange = await context.session.once(`${path}/${encodeURIComponent(item.id)}`);
        const findings = judgeAnswer(context, `${operation}/{id}`, `${name}.show`, exchange);
        if ((exchange.json as { id?: unknown } | undefined)?.id !== item.id)
          findings.push(
            finding(context, {
              code: `${name}.show.id`,
              operation: `${operation}/{id}`,
              documented: `the resource asked for, ${item.id}`,
              received: JSON.stringify((exchange.json as { id?: unknown } | undefined)?.id ?? null),
              pointer: `#/paths/~1${name}~1{id}/get`,
              exchange,
            }),
          );
        return findings;
      },
    },
  ];
};

export const lists: readonly Check[] = [
  ...checksOf("ring_groups", "ring groups"),
  ...checksOf("call_park_groups", "call park groups"),
];
