import type { Check } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { judgeAnswer, pathPointer, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import type { Exchange } from "../wire.ts";
import { isPage } from "./lists.ts";
import { OwnGroups, post } from "./own-groups.ts";
import { readable, skipAbsent } from "./readable.ts";

const listed = "GET /call_park_groups";
const one = "GET /call_park_groups/{id}";

/** One group of the run's own lives through everything that can be done with it. */
const lifeOfAGroup: Check = {
  id: "call_park_groups.life",
  title: "A call park group can be created, shown, listed, changed and destroyed",
  operation: "POST /call_park_groups",
  level: "full",
  run: async (context) => {
    const own = await OwnGroups.begin(context);
    const { name } = own;
    const findings: Finding[] = [];
    const succeeds = (operation: string, code: string, exchange: Exchange) =>
      findings.push(...accepted(context, operation, code, exchange));

    const created = await own.create({ name, recall_to: "USER_ONLY" });
    skipAbsent(created, "/call_park_groups");
    succeeds("POST /call_park_groups", "call_park_groups.create", created);
    const id = (created.json as { id?: unknown } | undefined)?.id;
    if (created.status < 200 || created.status > 299 || typeof id !== "string") return findings;
    const path = `/call_park_groups/${encodeURIComponent(id)}`;

    const show = async (wanted: Record<string, unknown>, code: string) => {
      const exchange = await send(context, { method: "GET", path });
      succeeds(one, "call_park_groups.show", exchange);
      findings.push(...differing(context, code, wanted, exchange));
    };
    const isListed = async (wanted: boolean, code: string) => {
      const found = await own.isListed(id);
      if (found !== undefined && found !== wanted) findings.push(wronglyListed(context, code, wanted));
    };
    await show({ id, name, recall_to: "USER_ONLY" }, "call_park_groups.create.read_back");
    await isListed(true, "call_park_groups.create.listed");

    const taken = await own.create({ name, recall_to: "USER_ONLY" });
    const refusal = { operation: "POST /call_park_groups", code: "call_park_groups.create.name_taken" };
    findings.push(...judgeRefusal(context, { ...refusal, what: "a name taken" }, taken));

    const change = { name: `${name}-renamed`, ...(await withRingGroup(context)) };
    succeeds("POST /call_park_groups/{id}", "call_park_groups.update", await post(context, path, change));
    await show({ id, ...change }, "call_park_groups.update.read_back");

    const members = await send(context, { method: "GET", path: `${path}/members` });
    succeeds("GET /call_park_groups/{id}/members", "call_park_groups.members.list", members);

    const destroyed = await post(context, `${path}/destroy`);
    succeeds("POST /call_park_groups/{id}/destroy", "call_park_groups.destroy", destroyed);
    const gone = await send(context, { method: "GET", path });
    findings.push(...judgeRefusal(context, { operation: one, code: "call_park_groups.destroy.gone", what: "a destroyed group" }, gone));
    await isListed(false, "call_park_groups.destroy.listed");
    return findings;
  },
};

/** A mode with a ring group of the tenant, where it has one. */
const withRingGroup = async (context: Context): Promise<Record<string, unknown>> => {
  const page = (await context.session.once("/ring_groups")).json;
  const id = isPage(page) ? page.items[0]?.id : undefined;
  return id === undefined ? { recall_to: "USER_ONLY" } : { recall_to: "RING_GROUP_ONLY", ring_group_id: id };
};

/** A change that must be carried out, and its answer. */
const accepted = (context: Context, operation: string, code: string, exchange: Exchange): Finding[] => {
  if (exchange.status < 400 || exchange.status > 499) return judgeAnswer(context, operation, code, exchange);
  return [
    finding(context, {
      code: `${code}.refused`,
      operation,
      documented: "it is carried out",
      received: `status ${exchange.status}: ${exchange.text.slice(0, 200)}`,
      pointer: `${pathPointer(operation)}/responses`,
      exchange,
    }),
  ];
};

const wronglyListed = (context: Context, code: string, wanted: boolean): Finding =>
  finding(context, {
    code,
    operation: listed,
    documented: wanted ? "a group that was created is listed" : "a destroyed group is listed no more",
    received: wanted ? "it is not" : "it is",
    pointer: pathPointer(listed),
  });

const differing = (context: Context, code: string, wanted: Record<string, unknown>, exchange: Exchange): Finding[] => {
  const group = (exchange.json ?? {}) as Record<string, unknown>;
  return Object.entries(wanted)
    .filter(([name, value]) => group[name] !== value)
    .map(([name, value]) =>
      finding(context, {
        code,
        operation: one,
        documented: `${name} reads back as it was written, ${shown(value)}`,
        received: shown(group[name]),
        pointer: `#/components/schemas/CallParkGroup/properties/${name}`,
        exchange,
      }),
    );
};

const refuses: Check = {
  id: "call_park_groups.create.refuses",
  title: "A call park group that breaks a rule is refused",
  operation: "POST /call_park_groups",
  level: "full",
  run: async (context) => {
    await readable(context, "/call_park_groups");
    const own = await OwnGroups.begin(context);
    const { name } = own;
    const { maxLength = 0 } = context.contract.schema("CallParkGroupName");
    const bodies = [
      { what: "an empty name", code: "name.minLength", body: { name: "", recall_to: "USER_ONLY" } },
      {
        what: `a name of ${maxLength + 1} characters`,
        code: "name.maxLength",
        body: { name: name.padEnd(maxLength + 1, "x"), recall_to: "USER_ONLY" },
      },
      { what: "a mode not documented", code: "recall_to.enum", body: { name, recall_to: "CALLPARK_UNKNOWN" } },
      {
        what: "a ring-group mode without its ring group",
        code: "ring_group_id.required",
        body: { name, recall_to: "RING_GROUP_ONLY" },
      },
    ];
    const findings: Finding[] = [];
    for (const { what, code, body } of bodies) {
      const exchange = await own.create(body);
      skipAbsent(exchange, "/call_park_groups");
      const refusal = { operation: "POST /call_park_groups", code: `call_park_groups.create.${code}`, what };
      findings.push(...judgeRefusal(context, refusal, exchange));
    }
    return findings;
  },
};

export const groups: readonly Check[] = [lifeOfAGroup, refuses];
