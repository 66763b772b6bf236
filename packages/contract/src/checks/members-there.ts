import { Skip } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { pathPointer } from "../judge.ts";
import { isPage, itemsIn } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import { guardOf } from "../writing.ts";
import { usualNumbers } from "./extension-numbers.ts";
import { readable } from "./readable.ts";

export const listed = "GET /call_park_groups/{id}/members";

export type Member = Record<string, unknown>;

const membersOf = (id: string) => `/call_park_groups/${encodeURIComponent(id)}/members`;

const mostGroups = 3;

/** What the PBX answers about the groups that are there already, the first few of them. */
export const answersThere = async (context: Context): Promise<Exchange[]> => {
  const page = (await readable(context, "/call_park_groups")).json;
  const answers: Exchange[] = [];
  for (const { id } of isPage(page) ? page.items.slice(0, mostGroups) : [])
    if (typeof id === "string") answers.push(await context.session.once(membersOf(id)));
  return answers;
};

export const numbersOf = (members: Member[]): string => members.map((one) => one["extension_number"]).join(", ");

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

/** At the end of the run, the tenant's own groups have the members that they had. */
export const watchOthers = async (context: Context): Promise<void> => {
  const before = (await answersThere(context)).find(({ json }) => itemsIn(json).length > 0);
  if (before === undefined) return;
  const numbersNow = async () =>
    numbersOf(itemsIn((await send(context, { method: "GET", path: before.request.path })).json));
  const wanted = numbersOf(itemsIn(before.json));
  guardOf(context).onRestore(async () => {
    // One answer that differs may be a slip.
    if ((await numbersNow()) === wanted) return;
    const now = await numbersNow();
    if (now === wanted) return;
    const had = `the members ${wanted} of a group of the tenant`;
    context.aftermath.push(differs(context, "others_changed", listed, had, now || "none"));
    throw new Error(
      `A call park group of the tenant has other members than before the run, which changed none of them: ${wanted} before, ${now || "none"} now.`,
    );
  });
};

const mostLooks = 10;

/** As long as a number can be that is counted with. */
const countable = /^\d{1,15}$/;

/** The numbers beside these, the nearest first. */
const beside = (numbers: readonly string[]): string[] =>
  [1, -1, 2, -2, 3]
    .flatMap((step) =>
      numbers
        .filter((number) => countable.test(number))
        .map((number) => String(Number(number) + step).padStart(number.length, "0")),
    )
    .filter((number) => countable.test(number));

/** Where numbers are short, some begin as others do: whoever takes one out may take both. */
const longer = ([first]: readonly Member[]): string[] => {
  const number = String(first?.["extension_number"]);
  return first !== undefined && number.length <= shortNumber && countable.test(number) ? [`${number}0`] : [];
};

const shortNumber = 3;

/** Two users of the tenant who are in no group that is there: near the users that are known, or where most PBXs begin. */
export const freeUsers = async (context: Context): Promise<Member[]> => {
  const there = (await answersThere(context))
    .flatMap(({ json }) => itemsIn(json))
    .map(({ extension_number: number }) => String(number));
  const found: Member[] = [];
  const looked = new Set(there);
  const next = () =>
    [
      ...longer(found),
      ...beside(found.map(({ extension_number: number }) => String(number))),
      ...beside(there),
      ...usualNumbers,
    ].find((number) => !looked.has(number));
  for (let looks = 0; looks < mostLooks && found.length < 2; looks += 1) {
    const number = next();
    if (number === undefined) break;
    looked.add(number);
    const { status, json } = await context.session.once(`/extension_numbers/${number}`);
    if (status === 200 && isSettings(json) && json["type"] === "EXTENSION") found.push(json);
  }
  if (found.length === 0) throw new Skip("No user was found who is in no call park group.");
  return found;
};
