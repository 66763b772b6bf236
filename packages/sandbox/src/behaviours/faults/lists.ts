import type { Answer } from "../../context.ts";
import type { Behaviour } from "../behaviour.ts";
import { answerOf, at, remembering } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { refusal } from "../tools/refusals.ts";
import type { Seen } from "../tools/seen.ts";
import { get, post, type Who, type WitnessRequest } from "../witness.ts";

interface Page {
  count: number;
  items: unknown[];
}

interface List {
  operation: string;
  as: Who;
  /** Requests after which it has two items. */
  before: readonly WitnessRequest[];
}

const lists: readonly List[] = [
  {
    operation: "GET /call_park_groups",
    as: "tenant administrator",
    before: [post("/call_park_groups", { name: "Night shift", recall_to: "USER_ONLY" })],
  },
  { operation: "GET /ring_groups", as: "tenant administrator", before: [] },
  { operation: "GET /tenants", as: "system administrator", before: [] },
];

const paged = (operation: string, change: (page: Page, seen: Seen) => Page) =>
  answerOf(operation, (answer: Answer, seen) => ({ ...answer, json: change(answer.json as Page, seen) }));

/** The same list by another query. */
const asked = (operation: string, query: (query: URLSearchParams) => void) =>
  at(operation, ({ path, query: sent }, next) => {
    const changed = new URLSearchParams(sent);
    query(changed);
    return next({ path: changed.size > 0 ? `${path}?${changed}` : path });
  });

/** A value that the rules of a parameter forbid, taken as if it had not come. */
const forbidden: readonly [
  name: string,
  parameter: string,
  value: string,
  what: string,
  matches: (value: string) => boolean,
][] = [
  ["top.below_minimum", "top", "0", "takes top=0", (value) => Number(value) <= 0 && value !== ""],
  ["top.above_maximum", "top", "101", "takes top=101", (value) => Number(value) > 100],
  ["top.text", "top", "all", "takes a top that is no number", (value) => Number.isNaN(Number(value))],
  ["skip.below_minimum", "skip", "-1", "takes skip=-1", (value) => Number(value) < 0],
  ["skip.text", "skip", "none", "takes a skip that is no number", (value) => Number.isNaN(Number(value))],
];

const lawful: readonly [name: string, parameter: string, value: string][] = [
  ["top.minimum", "top", "1"],
  ["top.maximum", "top", "100"],
  ["skip.minimum", "skip", "0"],
];

export const listFaults: readonly Behaviour[] = lists.flatMap(({ operation, as, before }) => {
  const path = operation.split(" ")[1] ?? "";
  const field = (name: string) => name.split(".")[0] ?? name;
  const fault = (name: string, what: string, alter: Behaviour["alter"], query: string, again = false): Behaviour =>
    behaviour(operation, name, `${operation} ${what}.`, {
      class: "lists",
      ...(field(name) !== "order" && { field: field(name.replace(/^(takes|refuses|ignores)\./, "")) }),
      alter,
      witness: [...before, ...Array.from({ length: again ? 2 : 1 }, () => get(`${path}${query}`, { as }))],
    });
  return [
    ...forbidden.map(([name, parameter, value, what, matches]) =>
      fault(
        `takes.${name}`,
        what,
        asked(operation, (query) => {
          if (query.has(parameter) && matches(query.get(parameter) ?? "")) query.delete(parameter);
        }),
        `?${parameter}=${value}`,
      ),
    ),
    ...lawful.map(([name, parameter, value]) =>
      fault(
        `refuses.${name}`,
        `refuses ${parameter}=${value}, which is lawful`,
        at(operation, ({ query, session }, next) =>
          session && query.get(parameter) === value ? refusal(parameter) : next(),
        ),
        `?${parameter}=${value}`,
      ),
    ),
    fault(
      "ignores.top",
      "answers with every item, whatever top is",
      asked(operation, (query) => {
        if (Number(query.get("top")) >= 1 && Number(query.get("top")) <= 100) query.delete("top");
      }),
      "?top=1",
    ),
    fault(
      "ignores.skip",
      "begins with the first item, whatever skip is",
      asked(operation, (query) => {
        if (Number(query.get("skip")) > 0) query.delete("skip");
      }),
      "?skip=1",
    ),
    fault(
      "top.one_more",
      "answers with one item more than top",
      asked(operation, (query) => {
        const top = Number(query.get("top"));
        if (top >= 1 && top < 100) query.set("top", String(top + 1));
      }),
      "?top=1",
    ),
    fault(
      "skip.one_more",
      "leaves out one item more than skip",
      asked(operation, (query) => {
        const skip = Number(query.get("skip"));
        if (skip > 0) query.set("skip", String(skip + 1));
      }),
      "?skip=1",
    ),
    fault(
      "count.of_page",
      "counts the items of the page, and not of all pages",
      paged(operation, ({ items }) => ({ count: items.length, items })),
      "?top=1",
    ),
    fault(
      "items.null_where_none",
      "answers with null for the items of a page without any",
      answerOf(operation, (answer) => {
        const page = answer.json as Page;
        return page.items.length === 0 ? { ...answer, json: { ...page, items: null } } : answer;
      }),
      "?search=nobody-is-called-so",
    ),
    fault(
      "count.one_more",
      "counts one more than there are",
      paged(operation, ({ count, items }) => ({ count: count + 1, items })),
      "",
    ),
    fault(
      "count.zero",
      "counts none",
      paged(operation, ({ items }) => ({ count: 0, items })),
      "",
    ),
    fault(
      "items.twice",
      "lists the first item twice",
      paged(operation, ({ count, items }) => ({ count, items: [...items.slice(0, 1), ...items] })),
      "",
    ),
    fault(
      "items.none",
      "counts its items, and lists none",
      paged(operation, ({ count }) => ({ count, items: [] })),
      "",
    ),
    fault(
      "order.changes",
      "lists its items in another order every second time",
      remembering(() => {
        let turns = 0;
        return paged(operation, ({ count, items }) => {
          turns += 1;
          return { count, items: turns % 2 === 0 ? items.toReversed() : items };
        });
      }),
      "",
      true,
    ),
    fault(
      "search.fails",
      "answers a search with 500",
      at(operation, ({ query, session }, next) =>
        session && query.has("search")
          ? { status: 500, json: { errors: [{ code: "UNKNOWN", message: "The PBX failed" }] } }
          : next(),
      ),
      "?search=e",
    ),
  ];
});
