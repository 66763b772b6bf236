import { denied, deniedToOthers, deniedToStrangers, granted, request } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeRead, pathPointer, shown } from "../judge.ts";
import { post as atCallPark, marked } from "../marks.ts";
import { isPage } from "../paging.ts";
import { expectRefused } from "../refusals.ts";
import type { Exchange } from "../wire.ts";
import { guardOf } from "../writing.ts";
import { unlikely, usualNumbers } from "./extension-numbers.ts";
import { ringGroupNumbers } from "./group-bodies.ts";
import { OwnGroups, post } from "./own-groups.ts";
import { readable, skipAbsent } from "./readable.ts";

const listed = "GET /call_park_groups/{id}/members";
const added = "POST /call_park_groups/{id}/members/{extension_number}";
const removed = "POST /call_park_groups/{id}/members/{extension_number}/destroy";
const unknown = "/call_park_groups/Y2FsbHBhcmstbm8tc3VjaC1pZA";

type Member = Record<string, unknown>;

const membersIn = (json: unknown): Member[] =>
  isSettings(json) && Array.isArray(json["items"]) ? json["items"].filter(isSettings) : [];

const mostGroups = 3;
const membersOf = (id: string) => `/call_park_groups/${encodeURIComponent(id)}/members`;

/** What the PBX answers about the groups that are there already, the first few of them. */
const answersThere = async (context: Context): Promise<Exchange[]> => {
  const page = (await readable(context, "/call_park_groups")).json;
  const answers: Exchange[] = [];
  for (const { id } of isPage(page) ? page.items.slice(0, mostGroups) : [])
    if (typeof id === "string") answers.push(await context.session.once(membersOf(id)));
  return answers;
};

const judged = (context: Context, exchange: Exchange): Finding[] => {
  const findings = judgeRead(context, listed, "call_park_groups.members", exchange);
  const numbers = membersIn(exchange.json).map(({ extension_number: number }) => number);
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
    if (first === undefined) throw new Skip("The tenant has no call park groups.");
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

const differs = (context: Context, end: string, operation: string, documented: string, received: string): Finding =>
  finding(context, {
    code: `call_park_groups.members.${end}`,
    operation,
    documented,
    received,
    pointer: pathPointer(operation),
  });

/** At the end of the run, the tenant's own groups have the members that they had. */
const watchOthers = async (context: Context): Promise<void> => {
  const before = (await answersThere(context)).find(({ json }) => membersIn(json).length > 0);
  if (before === undefined) return;
  const numbersNow = async () =>
    numbersOf(membersIn((await send(context, { method: "GET", path: before.request.path })).json));
  const wanted = numbersOf(membersIn(before.json));
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

/** Two users of the tenant who are in no group that is there: near the users that are known, or where most PBXs begin. */
const freeUsers = async (context: Context): Promise<Member[]> => {
  const there = (await answersThere(context))
    .flatMap(({ json }) => membersIn(json))
    .map(({ extension_number: number }) => String(number));
  const near = there.slice(0, 1).flatMap((number) => [-1, 1, -2, 2, 3].map((step) => String(Number(number) + step)));
  const found: Member[] = [];
  for (const number of [...new Set([...near, ...usualNumbers])]
    .filter((one) => !there.includes(one))
    .slice(0, mostLooks)) {
    const { status, json } = await context.session.once(`/extension_numbers/${number}`);
    if (status === 200 && isSettings(json) && json["type"] === "EXTENSION") found.push(json);
    if (found.length === 2) break;
  }
  if (found.length === 0) throw new Skip("No user was found who is in no call park group.");
  return found;
};

const life: Check = {
  id: "call_park_groups.members.life",
  title: "A user can join a call park group, be in one only, stay, and leave",
  operation: added,
  level: "full",
  run: async (context) => {
    const own = await OwnGroups.of(context);
    await watchOthers(context);
    const { path, name } = await own.one();
    const begun = await send(context, { method: "GET", path: `${path}/members` });
    const findings = [...(await judgedThere(context)), ...judged(context, begun)];
    const early = membersIn(begun.json);
    if (early.length > 0)
      return [...findings, differs(context, "new", listed, "no members of a group just made", numbersOf(early))];
    const users = await freeUsers(context);
    const [first, second] = users.map(({ extension_number: number }) => ({ extension_number: String(number) }));
    if (first === undefined) return [];
    const number = first.extension_number;
    const other = await own.other();
    const join = async (group: string, who: string) => post(context, `${group}/members/${who}`);
    const refuses = async (end: string, what: string, asked: ReturnType<typeof request>, operation = added) => {
      const code = `call_park_groups.members.${end}`;
      const because = end.endsWith(".missing") ? "absent" : "body";
      findings.push(...(await denied(context, { operation, code, what, because }, asked)));
    };
    /** Who is in the group, who ought to be, and what they are. */
    const hasOnly = async (group: string, wanted: Member[], end: string, operation = added) => {
      const exchange = await send(context, { method: "GET", path: `${group}/members` });
      findings.push(...judgeRead(context, listed, "call_park_groups.members", exchange));
      const given = membersIn(exchange.json);
      const numbers = given.map((one) => String(one["extension_number"]));
      const missing = wanted.filter((one) => !numbers.includes(String(one["extension_number"])));
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
    // In one group at most.
    await refuses(
      "add.in_another",
      "a user who is in another group",
      request("POST", `${other.path}/members/${number}`),
    );
    await hasOnly(path, [first], "add.in_another.moved");
    await hasOnly(other.path, [], "add.in_another.changed");
    const [ringGroup] = await ringGroupNumbers(context);
    for (const [end, what, who] of [
      ["add.unknown", "a number that nobody has", unlikely(12)],
      ["add.no_digits", "what is no number", "callpark"],
      ...(ringGroup === undefined ? [] : [["add.ring_group", "the number of a ring group", ringGroup] as const]),
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
      ...(await deniedToStrangers(
        context,
        removed,
        "call_park_groups.members.remove",
        request("POST", `${path}/members/${number}/destroy`),
      )),
    );
    if (context.otherToken !== undefined)
      findings.push(
        ...(await deniedToOthers(context, listed, "call_park_groups.members", request("GET", `${path}/members`))),
      );
    if (second !== undefined) await join(path, second.extension_number);
    const both = second === undefined ? [first] : [first, second];
    await post(context, path, { name, recall_to: "USER_ONLY" });
    await hasOnly(path, both, "kept", "POST /call_park_groups/{id}");
    const leave = () => post(context, `${path}/members/${number}/destroy`);
    findings.push(...granted(context, removed, "call_park_groups.members.remove", await leave()));
    await hasOnly(path, both.slice(1), "remove.read_back", removed);
    await refuses(
      "remove.twice",
      "a user who is no member",
      request("POST", `${path}/members/${number}/destroy`),
      removed,
    );
    findings.push(
      ...granted(context, added, "call_park_groups.members.add.after_leaving", await join(other.path, number)),
    );
    await hasOnly(other.path, [first], "add.after_leaving.read_back");
    for (const [group, operation, end, asked] of [
      ["list", listed, "list.missing", request("GET", `${unknown}/members`)],
      ["add", added, "add.missing", request("POST", `${unknown}/members/${number}`)],
      ["remove", removed, "remove.missing", request("POST", `${unknown}/members/${number}/destroy`)],
    ] as const)
      await refuses(end, `${group} in a group that does not exist`, asked, operation);
    const operation = "POST /call_park_groups/{id}/destroy";
    const destroyed = await post(context, `${other.path}/destroy`);
    findings.push(...granted(context, operation, "call_park_groups.destroy.with_members", destroyed));
    // Should it be listed still, it is destroyed again all the same.
    if (destroyed.status < 300) own.isGone(other.id);
    // Whose group is gone is in no group.
    findings.push(
      ...granted(context, added, "call_park_groups.members.add.after_destroying", await join(path, number)),
    );
    return findings;
  },
};

const numbersOf = (members: Member[]) => members.map((one) => one["extension_number"]).join(", ");

const taken: Check = {
  id: "extension_numbers.taken",
  title: "POST /call_park refuses the number of a user",
  operation: "POST /call_park",
  level: "full",
  run: async (context) => {
    const [user] = await freeUsers(context);
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
