import { isDeepStrictEqual } from "node:util";
import { asOther, changeDeniedToOthers, deniedToStrangers, granted, request } from "../asking.ts";
import type { Check } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { judgeRead, pathPointer, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { itemsIn } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import {
  type BadBody,
  badBodies,
  groupAsked,
  isLeftAlone,
  modesOf,
  type NoRingGroup,
  namesOf,
  withRingGroupOfOther,
} from "./group-bodies.ts";
import { besides, created, groupsGone, list, shownOne, updated, wronglyListed } from "./groups-gone.ts";
import { LeftOpen } from "./left-open.ts";
import { answersThere } from "./members-there.ts";
import { OwnGroups, post } from "./own-groups.ts";
import { readable, skipAbsent } from "./readable.ts";
import { ringGroupIdsIfAny } from "./ring-groups.ts";

const pathOf = (id: string) => `${list}/${encodeURIComponent(id)}`;
const idOf = ({ json }: Exchange): unknown => (json as { id?: unknown } | undefined)?.id;

/** Shows a group: it must be as it was written. */
const readsBack = async (
  context: Context,
  own: OwnGroups,
  path: string,
  code: string,
  wanted: Record<string, unknown>,
): Promise<Finding[]> => {
  const exchange = await send(context, { method: "GET", path });
  const findings = granted(context, shownOne, "call_park_groups.show", exchange);
  own.wasShown(groupIn(exchange));
  return [...findings, ...notAsWritten(context, code, wanted, exchange)];
};

const groupIn = ({ json }: Exchange) => (json ?? {}) as Record<string, unknown>;

const nameIn = (one: BadBody): unknown => groupAsked(one)["name"];

/**
 * A PBX may keep what has an id in one place, and take what is something else: a user, or else a group of the run's own.
 * It may as well count each kind by itself: what has the id of a ring group tells nothing.
 */
const somethingElse = async (context: Context, id: string): Promise<NoRingGroup | undefined> => {
  const ringGroups = await ringGroupIdsIfAny(context);
  const isNone = (one: unknown): one is string => typeof one === "string" && !ringGroups.includes(one);
  const answers = await answersThere(context);
  const user = answers
    .flatMap(({ json }) => itemsIn(json))
    .map((one) => one["id"])
    .find(isNone);
  if (user !== undefined) return { what: "a user for a ring group", id: user };
  return isNone(id) ? { what: "a call park group for a ring group", id } : undefined;
};

const notAsWritten = (
  context: Context,
  code: string,
  wanted: Record<string, unknown>,
  exchange: Exchange,
): Finding[] => {
  const group = groupIn(exchange);
  return Object.entries(wanted)
    .filter(([name, value]) => group[name] !== value)
    .map(([name, value]) =>
      finding(context, {
        code: `${code}.read_back`,
        operation: code.includes("create") ? created : updated,
        documented: `${name} reads back as it was written, ${shown(value)}`,
        received: shown(group[name]),
        pointer: `#/components/schemas/CallParkGroup/properties/${name}`,
        exchange,
      }),
    );
};

const creates: Check = {
  id: "call_park_groups.create.accepts",
  title: "A call park group can be created with every mode and name, shown, and listed",
  operation: created,
  level: "full",
  run: async (context) => {
    const own = await OwnGroups.of(context);
    const modes = await modesOf(context);
    const findings: Finding[] = [];
    const made: string[] = [];
    for (const [index, name] of namesOf(
      context.contract.schema("CallParkGroupName"),
      own.name,
      own.isTaken,
    ).entries()) {
      const body = { name, ...modes[index % modes.length] };
      const exchange = await own.create(body);
      skipAbsent(exchange, list);
      findings.push(...granted(context, created, "call_park_groups.create", exchange));
      const id = idOf(exchange);
      if (exchange.status >= 300 || typeof id !== "string") continue;
      findings.push(...(await readsBack(context, own, pathOf(id), "call_park_groups.create", { id, ...body })));
      made.push(id);
    }
    const there = await own.listed();
    if (there !== undefined && made.some((id) => !there.some((group) => group.id === id)))
      findings.push(wronglyListed(context, "call_park_groups.create.listed", true));
    return [...findings, ...besides(context, own, there, "call_park_groups.create.besides")];
  },
};

const createRefuses: Check = {
  id: "call_park_groups.create.refuses",
  title: "A call park group that breaks a rule is refused, and not made all the same",
  operation: created,
  level: "full",
  run: async (context) => {
    await readable(context, list);
    const own = await OwnGroups.of(context);
    const findings: Finding[] = [];
    const { name } = await own.one();
    const taken: BadBody = { end: "name_taken", what: "a name taken", body: { name, recall_to: "USER_ONLY" } };
    const open = new LeftOpen(context, created);
    const bad = [
      taken,
      ...(await badBodies(context, `${own.name}-bad`)),
      ...(await withRingGroupOfOther(context, `${own.name}-bad`)),
    ];
    for (const one of bad) {
      const exchange = await own.create(one.body, "must be refused");
      skipAbsent(exchange, list);
      const code = `call_park_groups.create.${one.end}`;
      const isGood = async () =>
        one.leftOut === "recall_to" && (await judgedAsMade(context, String(idOf(exchange)))).length === 0;
      findings.push(...(await open.judge(one, code, exchange, isGood)));
    }
    const rest = await own.refusing(["broken", "stranger"], async () => {
      const broken = await send(context, {
        ...request("POST", list, {}),
        body: `{"name":"${own.name}-broken","recall_to"`,
      });
      const refusal = { operation: created, code: "call_park_groups.create.malformed", what: "a body that breaks off" };
      const stranger = request("POST", list, { name: `${own.name}-stranger`, recall_to: "USER_ONLY" });
      return [
        ...judgeRefusal(context, refusal, broken),
        ...(await deniedToStrangers(context, created, "call_park_groups.create", stranger)),
      ];
    });
    return [...findings, ...rest];
  },
};

/** What is left out of a new group may have a default, which must be good. */
const judgedAsMade = async (context: Context, id: string): Promise<Finding[]> =>
  judgeRead(context, shownOne, "call_park_groups.show", await send(context, { method: "GET", path: pathOf(id) }));

/** A name that a group of the other tenant has, and none of this one: names are unique in a tenant only. */
const nameOfOther = async (context: Context, isTaken: (name: string) => boolean): Promise<string | undefined> => {
  if (context.otherToken === undefined) return undefined;
  const names = itemsIn((await asOther(context, list)).json).map(({ name }) => name);
  return names.find((name): name is string => typeof name === "string" && name !== "" && !isTaken(name));
};

const updates: Check = {
  id: "call_park_groups.update.accepts",
  title: "A call park group can be changed to every mode and name, and stays so",
  operation: updated,
  level: "full",
  run: async (context) => {
    const own = await OwnGroups.of(context);
    const { id, path } = await own.one();
    // With a ring group at the end: what is lost of a group later is that.
    const modes = (await modesOf(context)).reverse();
    const findings: Finding[] = [];
    const theirs = await nameOfOther(context, own.isTaken);
    const isTaken = (name: string) => name === theirs || own.isTaken(name);
    const names = namesOf(context.contract.schema("CallParkGroupName"), `${own.name}-new`, isTaken);
    await own.renames(theirs === undefined ? names : [theirs, ...names]);
    const rename = async (body: Record<string, unknown>) => {
      const exchange = await post(context, path, body);
      own.wasRenamed(id, body["name"], exchange);
      return exchange;
    };
    if (theirs !== undefined) {
      const body = { name: theirs, recall_to: "USER_ONLY" };
      const code = "call_park_groups.update.name_of_other_tenant";
      findings.push(...granted(context, updated, code, await rename(body)));
    }
    for (const [index, name] of names.reverse().entries()) {
      const body = { name, ...modes[index % modes.length] };
      findings.push(...granted(context, updated, "call_park_groups.update", await rename(body)));
      // The same again: a PBX may refuse the group's own name.
      if (index === names.length - 2)
        findings.push(...granted(context, updated, "call_park_groups.update.again", await post(context, path, body)));
      findings.push(...(await readsBack(context, own, path, "call_park_groups.update", { id, ...body })));
      // What went wrong already may go on doing so.
      own.written = findings.length === 0 ? { id, ...body } : undefined;
    }
    await own.named();
    return findings;
  },
};

const updateRefuses: Check = {
  id: "call_park_groups.update.refuses",
  title: "A call park group is not changed to what breaks a rule, nor by strangers",
  operation: updated,
  level: "full",
  run: async (context) => {
    const own = await OwnGroups.of(context);
    const { path } = await own.one();
    const other = await own.other();
    const show = () => send(context, { method: "GET", path });
    // Another look at what was written last: a PBX may forget what it showed.
    const first = await show();
    const findings = own.written ? notAsWritten(context, "call_park_groups.update", own.written, first) : [];
    let before = groupIn(first);
    const takenName: BadBody = {
      end: "name_taken",
      what: "another group's name",
      body: { name: other.name, recall_to: "USER_ONLY" },
    };
    const documented = context.contract.properties(context.contract.schema("CallParkGroup"));
    const differing = (one: Record<string, unknown>, other: Record<string, unknown>) =>
      [...documented.keys()].filter((name) => !isDeepStrictEqual(one[name], other[name]));
    const open = new LeftOpen(context, updated);
    const bad = [
      takenName,
      ...(await badBodies(context, `${own.name}-worse`, "the other mode", await somethingElse(context, other.id))),
      ...(await withRingGroupOfOther(context, `${own.name}-worse`)),
    ];
    await own.renames(bad.map(nameIn));
    for (const one of bad) {
      // Of the second group none could be kept: it never had a ring group.
      const at = one.leftOut === "ring_group_id" ? other.path : path;
      const exchange = await post(context, at, one.body);
      own.wasNamed(nameIn(one), exchange);
      const was = before;
      // What was taken is told by that: from here on the group is another.
      if (exchange.status < 300) {
        before = groupIn(await show());
        own.isShown(before);
      }
      const isGood = () => at === path && isLeftAlone(one.leftOut, was, one.body, before);
      findings.push(...(await open.judge(one, `call_park_groups.update.${one.end}`, exchange, isGood)));
    }
    const change = request("POST", path, { name: `${own.name}-stranger`, recall_to: "USER_ONLY" });
    findings.push(...(await deniedToStrangers(context, updated, "call_park_groups.update", change)));
    // The group is the run's own: whatever comes of it goes with it.
    if (context.otherToken !== undefined)
      findings.push(...(await changeDeniedToOthers(context, updated, "call_park_groups.update", change, path)));
    const after = groupIn(await show());
    own.isShown(after);
    await own.named();
    const changed = differing(before, after);
    if (changed.length > 0)
      findings.push(
        finding(context, {
          code: "call_park_groups.update.changed",
          operation: updated,
          documented: "a request that is refused changes nothing",
          received: changed
            .map((name) => `${name} went from ${shown(before[name])} to ${shown(after[name])}`)
            .join("; "),
          pointer: pathPointer(updated),
        }),
      );
    return findings;
  },
};

export const groups: readonly Check[] = [creates, createRefuses, updates, updateRefuses, ...groupsGone];
