import {
  asOther,
  changeDeniedToOthers,
  denied,
  deniedToOthers,
  deniedToSpoilt,
  deniedToStrangers,
  granted,
  isTheirs,
  leftOpen,
  request,
} from "../asking.ts";
import { otherScheme } from "../bad-credentials.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { judgeRead, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { post as atCallPark, marked } from "../marks.ts";
import { itemsIn } from "../paging.ts";
import { expectRefused } from "../refusals.ts";
import { unknownId } from "../values.ts";
import type { Exchange } from "../wire.ts";
import { unlikely } from "./extension-numbers.ts";
import { usersToJoin, type Whereabouts, whereabouts } from "./members-free.ts";
import { membersKnown, someUsers } from "./members-known.ts";
import { answersThere, differs, listed, type Member, numbersOf } from "./members-there.ts";
import { MembersWatch } from "./members-watch.ts";
import { numberOfOther } from "./number-of-other.ts";
import { OwnGroups, post } from "./own-groups.ts";
import { skipAbsent } from "./readable.ts";
import { ringGroupNumbers } from "./ring-groups.ts";

const added = "POST /call_park_groups/{id}/members/{extension_number}";
const removed = "POST /call_park_groups/{id}/members/{extension_number}/destroy";
const unknown = `/call_park_groups/${unknownId}`;

const judged = (context: Context, exchange: Exchange): Finding[] => {
  const findings = judgeRead(context, listed, "call_park_groups.members", exchange);
  const numbers = itemsIn(exchange.json).map(({ extension_number: number }) => number);
  if (new Set(numbers).size < numbers.length)
    findings.push(differs(context, "twice", listed, "each member once", numbers.map(shown).join(", ")));
  return findings;
};

const body: Check = {
  id: "call_park_groups.members.body",
  title: "GET /call_park_groups/{id}/members answers with the members of a group",
  operation: listed,
  level: "read",
  run: async (context) => {
    const answers = await answersThere(context);
    const [first] = answers;
    if (first === undefined) throw new Skip("The tenant has no call park groups, or has them no more.");
    skipAbsent(first, first.request.path);
    return answers.flatMap((exchange) => judged(context, exchange));
  },
};

/** What other checks are answered about groups that are there is judged too, in a run without the check of that. */
const judgedThere = async (context: Context): Promise<Finding[]> =>
  context.chosen.has(body.id)
    ? []
    : (await answersThere(context))
        .filter(({ status }) => status !== 403 && status !== 404)
        .flatMap((exchange) => judged(context, exchange));

/** A user is in one group at most: who is in another is refused, or leaves that one. Whoever left is let in again. */
const movedInto = async (
  context: Context,
  to: string,
  from: string,
  number: string,
): Promise<{ findings: Finding[]; isMoved: boolean }> => {
  const join = (group: string) => post(context, `${group}/members/${number}`);
  const isIn = async (group: string) =>
    itemsIn((await send(context, { method: "GET", path: `${group}/members` })).json).some(
      ({ extension_number: own }) => own === number,
    );
  const exchange = await join(to);
  const code = "call_park_groups.members.add.in_another";
  const refusal = judgeRefusal(context, { operation: added, code, what: "a user who is in another group" }, exchange);
  if (exchange.status >= 300 || (await isIn(from)) || !(await isIn(to))) return { findings: refusal, isMoved: false };
  await join(from);
  const open = "whether a user who is in another group is refused or moved";
  const received = `status ${exchange.status}, and the user is in that group no more`;
  return { findings: [leftOpen(context, { operation: added, code, open, received, exchange })], isMoved: true };
};

/** What somebody does between a look and the request that follows it is not seen. Where nobody is moved, nothing is lost. */
const tellMoves = ({ session }: Context, users: readonly Member[]): void => {
  session.notes.push(
    `This PBX takes users out of their call park group when they join another. ${numbersOf(users)} joined the run's own, and had been seen in none right before: see that they are where they should be, should somebody have put them into one at that very moment.`,
  );
};

/** Who is of another tenant neither sees nor changes who is in a group of this one. */
const deniedToOtherTenant = async (
  context: Context,
  group: string,
  named: string,
  number: string,
): Promise<Finding[]> => {
  if (context.otherToken === undefined || (await isTheirs(context, group, named))) return [];
  const code = "call_park_groups.members";
  const joining = `${group}/members/${number}`;
  // Whoever has the number there might leave a group of theirs for this one.
  const { status } = await asOther(context, `/extension_numbers/${number}`);
  return [
    ...(await deniedToOthers(context, listed, code, request("GET", `${group}/members`))),
    ...(status === 404
      ? await changeDeniedToOthers(context, added, `${code}.add`, request("POST", joining), group)
      : []),
    ...(await changeDeniedToOthers(context, removed, `${code}.remove`, request("POST", `${joining}/destroy`), group)),
  ];
};

const life: Check = {
  id: "call_park_groups.members.life",
  title: "A user can join a call park group, be in one only, stay, and leave",
  operation: added,
  level: "full",
  run: async (context) => {
    const findings: Finding[] = [];
    try {
      await lives(context, findings);
    } catch (error) {
      // What was found all the same is told.
      if (findings.length === 0 || !(error instanceof Skip)) throw error;
    }
    return findings;
  },
};

const lives = async (context: Context, findings: Finding[]): Promise<void> => {
  const own = await OwnGroups.of(context);
  const watch = new MembersWatch(context);
  const known = await membersKnown(context, own);
  watch.knows(known.groups);
  findings.push(...(await judgedThere(context)));
  const { id, path, name } = await own.one();
  const other = await own.other();
  for (const one of [id, other.id]) watch.owns(one);
  let users: Member[];
  try {
    users = await usersToJoin(context, own, watch, known);
  } catch (error) {
    if (!(error instanceof Skip)) throw error;
    // Where nobody can join it, the run's own group must be empty all the same.
    const begun = await send(context, { method: "GET", path: `${path}/members` });
    findings.push(...judged(context, begun));
    const early = itemsIn(begun.json);
    if (early.length > 0)
      findings.push(differs(context, "new", listed, "no members of a group just made", numbersOf(early)));
    throw error;
  }
  const [first, second] = users.map(({ extension_number: number }) => ({ extension_number: String(number) }));
  if (first === undefined) return;
  const number = first.extension_number;
  await watch.begin();
  const join = async (group: string, who: string) => post(context, `${group}/members/${who}`);
  const refuses = async (end: string, what: string, asked: ReturnType<typeof request>, operation = added) => {
    const code = `call_park_groups.members.${end}`;
    const because = end.endsWith(".missing") ? "absent" : "body";
    findings.push(...(await denied(context, { operation, code, what, because }, asked)));
  };
  /** @throws Skip where somebody else has put the user into a group meanwhile. */
  const whereIs = async (user: Member): Promise<Whereabouts> => {
    const another = users.find((one) => one["extension_number"] !== user["extension_number"]);
    const where = await whereabouts(context, own, watch, user, another);
    if (where === "moved by somebody else") throw elsewhere(context, user);
    return where;
  };
  /**
   * Who is in no group may have been put into one by now, and would be lost from it by joining another. What somebody does
   * between this look and the request that follows it is not seen, nor are groups that were made since the last list.
   */
  const joinsAgain = async (group: string): Promise<Exchange> => {
    if ((await whereIs(first)) !== "in none") throw elsewhere(context, first);
    return join(group, number);
  };
  /** Who is in the group, who ought to be, and what they are. */
  const hasOnly = async (group: string, wanted: Member[], end: string, operation = added) => {
    const exchange = await send(context, { method: "GET", path: `${group}/members` });
    findings.push(...judged(context, exchange));
    const given = itemsIn(exchange.json);
    watch.saw(given);
    const numbers = [...new Set(given.map((one) => String(one["extension_number"])))];
    const missing = wanted.filter((one) => !numbers.includes(String(one["extension_number"])));
    for (const one of missing) await whereIs(one);
    if (missing.length > 0 || numbers.length !== wanted.length)
      findings.push(differs(context, end, operation, `the members ${numbersOf(wanted)}`, `the members ${numbers}`));
    for (const one of given) {
      const user = users.find(({ extension_number: own }) => own === one["extension_number"]);
      if (user !== undefined && user["id"] !== one["id"])
        findings.push(differs(context, "id", listed, `the user's id, ${shown(user["id"])}`, shown(one["id"])));
    }
  };

  findings.push(...granted(context, added, "call_park_groups.members.add", await join(path, number)));
  await hasOnly(path, [first], "add.read_back");
  // Right after the look, so that it takes nobody out of where somebody else has put them.
  const moved = await movedInto(context, other.path, path, number);
  findings.push(...moved.findings);
  const again = await join(path, number);
  // Who is a member stays one, once: whether asking for it again is refused is not documented.
  if (again.status !== 200)
    findings.push(
      ...judgeRefusal(
        context,
        { operation: added, code: "call_park_groups.members.add.again", what: "a user who is a member" },
        again,
      ),
    );
  if (moved.isMoved) tellMoves(context, users);
  // Whom another group has is refused, or else is looked for once more.
  if (second !== undefined && moved.isMoved && (await whereIs(second)) !== "in none") throw elsewhere(context, second);
  if (second !== undefined) await join(path, second.extension_number);
  const both = second === undefined ? [first] : [first, second];
  await hasOnly(path, both, "add.in_another.moved");
  await hasOnly(other.path, [], "add.in_another.changed");
  const [ringGroup] = await ringGroupNumbers(context);
  const theirs = await numberOfOther(context, "user");
  for (const [end, what, who] of [
    ["add.unknown", "a number that nobody has", unlikely(12)],
    ["add.no_digits", "what is no number", "callpark"],
    ...(ringGroup === undefined ? [] : [["add.ring_group", "the number of a ring group", ringGroup] as const]),
    ...(theirs === undefined ? [] : [["add.other_tenant", "another tenant's user", theirs] as const]),
  ] as const)
    await refuses(end, what, request("POST", `${path}/members/${who}`));
  findings.push(
    ...(await deniedToStrangers(
      context,
      added,
      "call_park_groups.members.add",
      request("POST", `${path}/members/${number}`),
    )),
    ...(await deniedToStrangers(context, listed, "call_park_groups.members", request("GET", `${path}/members`))),
    ...(await deniedToSpoilt(
      context,
      otherScheme,
      { operation: listed, code: "call_park_groups.members" },
      request("GET", `${path}/members`),
    )),
    ...(await deniedToStrangers(
      context,
      removed,
      "call_park_groups.members.remove",
      request("POST", `${path}/members/${number}/destroy`),
    )),
  );
  findings.push(...(await deniedToOtherTenant(context, path, own.name, number)));
  await post(context, path, { name, recall_to: "USER_ONLY" });
  await hasOnly(path, both, "kept", "POST /call_park_groups/{id}");
  const leave = () => post(context, `${path}/members/${number}/destroy`);
  findings.push(...granted(context, removed, "call_park_groups.members.remove", await leave()));
  await hasOnly(path, both.slice(1), "remove.read_back", removed);
  const twice = await leave();
  // Who is no member is none afterwards: whether that is refused is not documented.
  if (twice.status !== 204)
    findings.push(
      ...judgeRefusal(
        context,
        { operation: removed, code: "call_park_groups.members.remove.twice", what: "a user who is no member" },
        twice,
      ),
    );
  findings.push(...granted(context, added, "call_park_groups.members.add.after_leaving", await joinsAgain(other.path)));
  await hasOnly(other.path, [first], "add.after_leaving.read_back");
  for (const [group, operation, end, asked] of [
    ["list", listed, "list.missing", request("GET", `${unknown}/members`)],
    ["add", added, "add.missing", request("POST", `${unknown}/members/${number}`)],
    ["remove", removed, "remove.missing", request("POST", `${unknown}/members/${number}/destroy`)],
  ] as const)
    await refuses(end, `${group} in a group that does not exist`, asked, operation);
  const operation = "POST /call_park_groups/{id}/destroy";
  const destroyed = await own.destroy(other);
  findings.push(...granted(context, operation, "call_park_groups.destroy.with_members", destroyed));
  // Should it be listed still, it is destroyed again all the same.
  if (destroyed.status < 300) own.isGone(other.id);
  // Whose group is gone is in no group.
  findings.push(...granted(context, added, "call_park_groups.members.add.after_destroying", await joinsAgain(path)));
};

/** Why the life of members ends early. It is told beside what was found too. */
const elsewhere = (context: Context, { extension_number: number }: Member): Skip => {
  const why = `User ${number} is in a call park group of the tenant by now, and is left there.`;
  context.session.notes.push(why);
  return new Skip(why);
};

const taken: Check = {
  id: "extension_numbers.taken",
  title: "POST /call_park refuses the number of a user",
  operation: "POST /call_park",
  level: "full",
  run: async (context) => {
    const [user] = await someUsers(context);
    const sent = JSON.stringify(marked(context, { extension_number: user?.["extension_number"] }, 0));
    const refused = await expectRefused(context, [
      {
        code: "call_park.post.extension_number.taken",
        what: "the number of a user",
        pointer: "#/components/schemas/CallParkExtensionNumber",
        request: atCallPark(sent),
      },
    ]);
    return [...(await judgedThere(context)), ...refused];
  },
};

export const members: Record<"body" | "life" | "taken", Check> = { body, life, taken };
