import { randomBytes } from "node:crypto";
import type { Check } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { judgeAnswer, judgeRefusal, shown } from "../judge.ts";
import type { Exchange } from "../wire.ts";
import { guardOf } from "../writing.ts";

const post = (context: Context, path: string, body?: unknown): Promise<Exchange> =>
  send(context, {
    method: "POST",
    path,
    ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });

/** One group of the run's own lives through everything that can be done with it. */
const lifeOfAGroup: Check = {
  id: "call_park_groups.life",
  title: "A call park group can be created, shown, changed and destroyed",
  operation: "POST /call_park_groups",
  level: "full",
  run: async (context) => {
    const name = `callpark-${randomBytes(4).toString("hex")}`;
    const created = await post(context, "/call_park_groups", { name, recall_to: "USER_ONLY" });
    const findings = judgeAnswer(context, "POST /call_park_groups", "call_park_groups.create", created);
    const id = (created.json as { id?: unknown } | undefined)?.id;
    if (created.status !== 201 || typeof id !== "string") return findings;
    const path = `/call_park_groups/${encodeURIComponent(id)}`;
    let exists = true;
    guardOf(context).onRestore(async () => {
      if (!exists) return;
      const { status } = await post(context, `${path}/destroy`);
      if (status !== 204) throw new Error(`The run's own call park group ${name} could not be destroyed (${status}).`);
    });

    const show = async (wanted: Record<string, unknown>, code: string) => {
      const exchange = await send(context, { method: "GET", path });
      findings.push(...judgeAnswer(context, "GET /call_park_groups/{id}", "call_park_groups.show", exchange));
      findings.push(...differing(context, code, wanted, exchange));
    };
    await show({ id, name, recall_to: "USER_ONLY" }, "call_park_groups.create.read_back");

    const taken = await post(context, "/call_park_groups", { name, recall_to: "USER_ONLY" });
    findings.push(
      ...judgeRefusal(context, "POST /call_park_groups", "call_park_groups.create.name_taken", taken, "a name taken"),
    );
    const twin = (taken.json as { id?: unknown } | undefined)?.id;
    if (taken.status === 201 && typeof twin === "string")
      guardOf(context).onRestore(async () => {
        await post(context, `/call_park_groups/${encodeURIComponent(twin)}/destroy`);
      });

    const renamed = `${name}-renamed`;
    const updated = await post(context, path, { name: renamed, recall_to: "USER_ONLY" });
    findings.push(...judgeAnswer(context, "POST /call_park_groups/{id}", "call_park_groups.update", updated));
    await show({ id, name: renamed }, "call_park_groups.update.read_back");

    const members = await send(context, { method: "GET", path: `${path}/members` });
    findings.push(
      ...judgeAnswer(context, "GET /call_park_groups/{id}/members", "call_park_groups.members.list", members),
    );

    const destroyed = await post(context, `${path}/destroy`);
    findings.push(
      ...judgeAnswer(context, "POST /call_park_groups/{id}/destroy", "call_park_groups.destroy", destroyed),
    );
    const gone = await send(context, { method: "GET", path });
    exists = gone.status === 200;
    findings.push(
      ...judgeRefusal(
        context,
        "GET /call_park_groups/{id}",
        "call_park_groups.destroy.gone",
        gone,
        "a destroyed group",
      ),
    );
    return findings;
  },
};

const differing = (context: Context, code: string, wanted: Record<string, unknown>, exchange: Exchange): Finding[] => {
  const group = (exchange.json ?? {}) as Record<string, unknown>;
  return Object.entries(wanted)
    .filter(([name, value]) => group[name] !== value)
    .map(([name, value]) =>
      finding(context, {
        code,
        operation: "GET /call_park_groups/{id}",
        documented: `${name} reads back as it was written, ${shown(value)}`,
        received: shown(group[name]),
        pointer: `#/components/schemas/CallParkGroup/properties/${name}`,
        exchange,
      }),
    );
};

const refusals: readonly Check[] = [
  {
    id: "call_park_groups.create.refuses",
    title: "A call park group that breaks a rule is refused",
    operation: "POST /call_park_groups",
    level: "full",
    run: async (context) => {
      const { maxLength = 0 } = context.contract.schema("CallParkGroupName");
      const name = `callpark-${randomBytes(4).toString("hex")}`;
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
        const exchange = await post(context, "/call_park_groups", body);
        const id = (exchange.json as { id?: unknown } | undefined)?.id;
        if (exchange.status < 300 && typeof id === "string")
          guardOf(context).onRestore(async () => {
            await post(context, `/call_park_groups/${encodeURIComponent(id)}/destroy`);
          });
        findings.push(
          ...judgeRefusal(context, "POST /call_park_groups", `call_park_groups.create.${code}`, exchange, what),
        );
      }
      return findings;
    },
  },
];

export const groups: readonly Check[] = [lifeOfAGroup, ...refusals];
