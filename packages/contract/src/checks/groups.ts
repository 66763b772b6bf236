import { isDeepStrictEqual } from "node:util";
import { denied, deniedToStrangers, granted, request } from "../asking.ts";
import type { Check } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { pathPointer, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import type { Exchange } from "../wire.ts";
import { badBodies, modesOf, namesOf } from "./group-bodies.ts";
import { besides, created, groupsGone, list, shownOne, updated, wronglyListed } from "./groups-gone.ts";
import { OwnGroups, post } from "./own-groups.ts";
import { readable, skipAbsent } from "./readable.ts";
import { lawfullyUnlooked } from "./unlooked.ts";

const pathOf = (id: string) => `${list}/${encodeURIComponent(id)}`;
const idOf = ({ json }: Exchange): unknown => (json as { id?: unknown } | undefined)?.id;

/** Shows a group: it must be as it was written. */
const readsBack = async (
  context: Context,
  path: string,
  code: string,
  wanted: Record<string, unknown>,
): Promise<Finding[]> => {
  const exchange = await send(context, { method: "GET", path });
  const findings = granted(context, shownOne, "call_park_groups.show", exchange);
  const group = (exchange.json ?? {}) as Record<string, unknown>;
  const differing = Object.entries(wanted).filter(([name, value]) => group[name] !== value);
  return [
    ...findings,
    ...differing.map(([name, value]) =>
      finding(context, {
        code: `${code}.read_back`,
        operation: code.includes("create") ? created : updated,
        documented: `${name} reads back as it was written, ${shown(value)}`,
        received: shown(group[name]),
        pointer: `#/components/schemas/CallParkGroup/properties/${name}`,
        exchange,
      }),
    ),
  ];
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
      findings.push(...(await readsBack(context, pathOf(id), "call_park_groups.create", { id, ...body })));
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
    const taken = { end: "name_taken", what: "a name taken", body: { name, recall_to: "USER_ONLY" } };
    for (const { end, what, body } of [taken, ...badBodies(context, `${own.name}-bad`)]) {
      const exchange = await own.create(body as Record<string, unknown>);
      skipAbsent(exchange, list);
      findings.push(...refusalOf(context, created, `call_park_groups.create.${end}`, what, exchange));
    }
    const broken = await send(context, {
      ...request("POST", list, {}),
      body: `{"name":"${own.name}-broken","recall_to"`,
    });
    findings.push(
      ...refusalOf(context, created, "call_park_groups.create.malformed", "a body that breaks off", broken),
    );
    const stranger = request("POST", list, { name: `${own.name}-stranger`, recall_to: "USER_ONLY" });
    findings.push(...(await deniedToStrangers(context, created, "call_park_groups.create", stranger)));
    return lawfullyUnlooked(findings);
  },
};

const updates: Check = {
  id: "call_park_groups.update.accepts",
  title: "A call park group can be changed to every mode and name, and stays so",
  operation: updated,
  level: "full",
  run: async (context) => {
    const own = await OwnGroups.of(context);
    const { id, path } = await own.one();
    const modes = await modesOf(context);
    const findings: Finding[] = [];
    const names = namesOf(context.contract.schema("CallParkGroupName"), `${own.name}-new`, own.isTaken);
    for (const [index, name] of names.reverse().entries()) {
      const body = { name, ...modes[index % modes.length] };
      own.calls(name);
      findings.push(...granted(context, updated, "call_park_groups.update", await post(context, path, body)));
      findings.push(...(await readsBack(context, path, "call_park_groups.update", { id, ...body })));
      // Another look: a PBX may forget what it showed.
      findings.push(...(await readsBack(context, path, "call_park_groups.update", { id, ...body })));
      if (index !== names.length - 2) continue;
      // The same again: a PBX may refuse the group's own name.
      findings.push(...granted(context, updated, "call_park_groups.update.again", await post(context, path, body)));
      findings.push(...(await readsBack(context, path, "call_park_groups.update", { id, ...body })));
    }
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
    const before = (await send(context, { method: "GET", path })).json as Record<string, unknown>;
    const findings: Finding[] = [];
    const taken = {
      end: "name_taken",
      what: "another group's name",
      body: { name: other.name, recall_to: "USER_ONLY" },
    };
    for (const { end, what, body } of [taken, ...badBodies(context, `${own.name}-worse`)])
      findings.push(
        ...(await denied(
          context,
          { operation: updated, code: `call_park_groups.update.${end}`, what },
          request("POST", path, body),
        )),
      );
    const change = request("POST", path, { name: `${own.name}-stranger`, recall_to: "USER_ONLY" });
    findings.push(...(await deniedToStrangers(context, updated, "call_park_groups.update", change)));
    const after = ((await send(context, { method: "GET", path })).json ?? {}) as Record<string, unknown>;
    const documented = context.contract.properties(context.contract.schema("CallParkGroup"));
    const changed = [...documented.keys()].filter((name) => !isDeepStrictEqual(before?.[name], after[name]));
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
    return lawfullyUnlooked(findings);
  },
};

const refusalOf = (context: Context, operation: string, code: string, what: string, exchange: Exchange): Finding[] =>
  judgeRefusal(context, { operation, code, what }, exchange);

export const groups: readonly Check[] = [creates, createRefuses, updates, updateRefuses, ...groupsGone];
