import type { Answer, Pbx } from "../../context.ts";
import { settled } from "../../render.ts";
import type { Alter } from "../behaviour.ts";
import { parametersOf, type Seen, see } from "./seen.ts";

/** What a behaviour changes of a request before it goes on. */
export interface Changes {
  method?: string;
  /** The path and query, from the API's base URL. */
  path?: string;
  json?: unknown;
  bytes?: Buffer;
  headers?: Record<string, string | undefined>;
}

/** What answers otherwise, refusals being answers. */
export type Next = (changes?: Changes) => Promise<Answer>;

export type Handling = (seen: Seen, next: Next, pbx: Pbx) => Answer | Promise<Answer>;

/** Every request. */
export const everywhere = "*";

/** Handles the requests of these operations (`GET /call_park`, or `*`). */
export const at =
  (operations: string | readonly string[], handle: Handling): Alter =>
  (answering, pbx) =>
  async (request) => {
    for (const operation of [operations].flat()) {
      const parameters = operation === everywhere ? {} : parametersOf(pbx, request, operation);
      if (!parameters) continue;
      const seen = await see(pbx, request, parameters);
      return handle(seen, (changes = {}) => settled(answering(changed(seen, changes))), pbx);
    }
    return answering(request);
  };

/** A behaviour that remembers: made anew for each PBX. */
export const remembering =
  (make: () => Alter): Alter =>
  (answering, pbx) =>
    make()(answering, pbx);

/** The first is outermost. */
export const all =
  (...alters: readonly Alter[]): Alter =>
  (answering, pbx) =>
    alters.reduceRight((next, alter) => alter(next, pbx), answering);

const changed = ({ request, path }: Seen, changes: Changes): Seen["request"] => {
  const bytes = "json" in changes ? Buffer.from(JSON.stringify(changes.json)) : changes.bytes;
  const base = request.target.slice(0, request.target.indexOf(path));
  return {
    method: changes.method ?? request.method,
    target: changes.path === undefined ? request.target : `${base}${changes.path}`,
    headers: { ...request.headers, ...changes.headers },
    body: bytes ? async () => bytes : request.body,
  };
};

export const isSuccess = ({ status }: Answer): boolean => status >= 200 && status <= 299;

/** Changes what an operation answers with when it does not refuse. */
export const answerOf = (
  operations: string | readonly string[],
  change: (answer: Answer, seen: Seen, pbx: Pbx) => Answer,
): Alter =>
  at(operations, async (seen, next, pbx) => {
    const answer = await next();
    return isSuccess(answer) ? change(answer, seen, pbx) : answer;
  });

/** Changes what an operation answers with when it refuses. */
export const refusalOf = (
  operations: string | readonly string[],
  change: (answer: Answer, seen: Seen, pbx: Pbx) => Answer,
): Alter =>
  at(operations, async (seen, next, pbx) => {
    const answer = await next();
    return isSuccess(answer) ? answer : change(answer, seen, pbx);
  });

/** Changes the fields of every JSON object that the operation answers with; for a list, of each item. */
export const itemsOf = (
  operations: string | readonly string[],
  change: (item: Record<string, unknown>, seen: Seen, pbx: Pbx) => Record<string, unknown>,
): Alter =>
  answerOf(operations, (answer, seen, pbx) => {
    const json = answer.json as { items?: Record<string, unknown>[] } & Record<string, unknown>;
    if (json === undefined) return answer;
    const changedJson = json.items
      ? { ...json, items: json.items.map((item) => change({ ...item }, seen, pbx)) }
      : change({ ...json }, seen, pbx);
    return { ...answer, json: changedJson };
  });
