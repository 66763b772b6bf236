import type { Check } from "../check.ts";
import { finding } from "../context.ts";
import { differences, isDocumented, isSettings } from "../guard/settings.ts";

const operation = "GET /call_park";
const all = "the answer";

export const callParkStable: Check = {
  id: "call_park.get.stable",
  title: "GET /call_park answers alike when nothing is changed",
  operation,
  level: "read",
  run: async (context) => {
    const first = await context.session.once("/call_park");
    // A run that writes has read twice already before it writes.
    const { guard } = context;
    if (guard !== undefined && isSettings(first.json) && differences(first.json, guard.before).length === 0) return [];
    const exchange = await context.session.send({ method: "GET", path: "/call_park" });
    const differing =
      isSettings(first.json) && isSettings(exchange.json) ? differences(first.json, exchange.json) : [all];
    if (first.status === exchange.status && (differing.length === 0 || !isSettings(first.json))) return [];
    return [
      finding(context, {
        code: "call_park.get.stable",
        operation,
        kind: differing.some((name) => isDocumented(name) || name === all) ? "finding" : "observation",
        documented: "the settings, the same until somebody changes them",
        received: `another answer at once: ${differing.join(", ")} differ`,
        pointer: "#/paths/~1call_park/get",
        exchange,
      }),
    ];
  },
};
