import { type Check, Skip } from "../check.ts";
import { finding } from "../context.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeRefusal } from "../judge.ts";

const operation = "GET /ring_groups/{id}";

export const otherTenant: Check = {
  id: "ring_groups.show.other_tenant",
  title: "Another tenant's token does not see this tenant's ring groups",
  operation,
  level: "read",
  run: async (context) => {
    if (context.otherToken === undefined) throw new Skip("It takes a second tenant's token: set CALLPARK_OTHER_TOKEN.");
    const headers = { Authorization: `Bearer ${context.otherToken}` };
    const own = (await context.session.once("/tenant")).json;
    const other = await context.session.sendAs({ method: "GET", path: "/tenant", headers });
    if (!isSettings(own) || !isSettings(other.json) || own["id"] === other.json["id"])
      throw new Skip("The second token is not of another tenant.");
    const list = (await context.session.once("/ring_groups")).json as { items?: { id?: unknown }[] } | undefined;
    const id = list?.items?.[0]?.id;
    if (typeof id !== "string") throw new Skip("The tenant has no ring group.");
    const path = `/ring_groups/${encodeURIComponent(id)}`;
    const exchange = await context.session.sendAs({ method: "GET", path, headers });
    const findings = judgeRefusal(context, operation, "ring_groups.show.other_tenant", exchange, "another tenant's id");
    // The command names the run's own token; here it must be the other's.
    return findings.map((one) =>
      finding(context, { ...one, received: `${one.received} (with the other tenant's token)` }),
    );
  },
};
