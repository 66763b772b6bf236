import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { membersPath } from "../guard/members.ts";
import { pathPointer } from "../judge.ts";
import { isPage } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import { readable } from "./readable.ts";

export const listed = "GET /call_park_groups/{id}/members";

export type Member = Record<string, unknown>;

const mostGroups = 3;

/** When they were read first, by a clock that is never set. */
const readAt = new WeakMap<Context, number>();

/** In milliseconds: who was in no group then may be in one by now. */
const shelfLife = 10_000;

/** Was what is known of the members read so long ago that it is no ground for writing? */
export const isStale = (context: Context): boolean => {
  const at = readAt.get(context);
  return at !== undefined && performance.now() - at > shelfLife;
};

/** What the PBX answers about the groups that are there already, the first few of them. */
export const answersThere = async (context: Context): Promise<Exchange[]> => {
  const page = (await readable(context, "/call_park_groups")).json;
  const answers: Exchange[] = [];
  for (const { id } of isPage(page) ? page.items.slice(0, mostGroups) : [])
    if (typeof id === "string") answers.push(await readOnce(context, membersPath(id)));
  return answers;
};

/** A read of members that serves several checks. */
export const readOnce = (context: Context, path: string): Promise<Exchange> => {
  if (!readAt.has(context)) readAt.set(context, performance.now());
  return context.session.once(path);
};

export const numbersOf = (members: readonly Member[]): string =>
  members.map((one) => one["extension_number"]).join(", ");

export const differs = (
  context: Context,
  end: string,
  operation: string,
  documented: string,
  received: string,
): Finding =>
  finding(context, {
    code: `call_park_groups.members.${end}`,
    operation,
    documented,
    received,
    pointer: pathPointer(operation),
  });
