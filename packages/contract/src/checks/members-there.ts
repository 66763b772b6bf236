import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { groupsPath } from "../guard/group-listing.ts";
import { isGone, membersPath } from "../guard/members.ts";
import { pathPointer } from "../judge.ts";
import { idsIn } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import { readable } from "./readable.ts";

export const listed = "GET /call_park_groups/{id}/members";

export type Member = Record<string, unknown>;

const mostGroups = 3;

/** What the PBX answers about the groups that are there already, the first few of them. */
export const answersThere = async (context: Context): Promise<Exchange[]> => {
  const answers: { id: string; exchange: Exchange }[] = [];
  for (const id of idsIn((await readable(context, groupsPath)).json).slice(0, mostGroups))
    answers.push({ id, exchange: await context.session.once(membersPath(id)) });
  if (!answers.some(({ exchange }) => isGone(exchange.status))) return answers.map(({ exchange }) => exchange);
  // Somebody else may have destroyed it since it was listed.
  const now = idsIn((await context.session.send({ method: "GET", path: groupsPath })).json);
  return answers
    .filter(({ id, exchange }) => !isGone(exchange.status) || now.includes(id))
    .map(({ exchange }) => exchange);
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
