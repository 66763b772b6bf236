import { type Check, Skip } from "../check.ts";
import { finding } from "../context.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { isPage } from "../paging.ts";
import { ofAnotherTenant } from "./call-park-other-tenant.ts";
import { readable } from "./readable.ts";

const operation = "GET /ring_groups/{id}";

export const otherTenant: Check = {
  id: "ring_groups.show.other_tenant",
  title: "Another tenant's token does not see this tenant's ring groups",
  operation,
  level: "read",
  run: async (context) => {
    await ofAnotherTenant(context);
    const headers = { Authorization: `Bearer ${context.otherToken}` };
    const all = (await readable(context, "/ring_groups")).json;
    const id = isPage(all) ? all.items[0]?.id : undefined;
    if (typeof id !== "string") throw new Skip("The tenant has no ring group.");
    const list = await context.session.sendAs({ method: "GET", path: "/ring_groups", headers });
    if (isPage(list.json) && list.json.items.some((item) => item.id === id))
      return [
        finding(context, {
          code: "ring_groups.show.other_tenant.listed",
          operation: "GET /ring_groups",
          documented: "a tenant's ring groups are listed to its own users",
          received: `${id} in the list (with the other tenant's token)`,
          pointer: "#/paths/~1ring_groups/get",
        }),
      ];
    const path = `/ring_groups/${encodeURIComponent(id)}`;
    const exchange = await context.session.sendAs({ method: "GET", path, headers });
    const findings = judgeRefusal(
      context,
      {
        operation,
        code: "ring_groups.show.other_tenant",
        what: "another tenant's id",
        // A PBX that looks whose it is may say that rather than that it is not there.
        statuses: [400, 401, 403, 404, 410, 422],
      },
      exchange,
    );
    // The command names the run's own token; here it must be the other's.
    return findings.map((one) =>
      finding(context, { ...one, received: `${one.received} (with the other tenant's token)` }),
    );
  },
};
