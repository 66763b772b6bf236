import { badCredentials } from "../bad-credentials.ts";
import { type Check, Skip } from "../check.ts";
import type { Context } from "../context.ts";
import type { Finding } from "../finding.ts";
import { judgeAnswer, judgeRefusal } from "../judge.ts";
import type { Exchange } from "../wire.ts";

/** A read whose answer is judged as documented. Not allowed to this user: nothing to judge. */
const answers = (
  id: string,
  title: string,
  operation: string,
  read: (context: Context) => Promise<Exchange>,
): Check => ({
  id,
  title,
  operation,
  level: "read",
  run: async (context) => {
    const exchange = await read(context);
    const findings = judgeAnswer(context, operation, id, exchange);
    if (exchange.status === 403 && findings.length === 0) throw new Skip("This user may not read it (403).");
    return findings;
  },
});

const once = (path: string) => (context: Context) => context.session.once(path);

/** Something that is not there: refused, by whatever 4XX. */
const missing = (id: string, title: string, operation: string, path: string): Check => ({
  id,
  title,
  operation,
  level: "read",
  run: async (context): Promise<Finding[]> =>
    judgeRefusal(context, operation, id, await context.session.send({ method: "GET", path }), "an unknown id"),
});

const unknown = "Y2FsbHBhcmstbm8tc3VjaC1pZA";

const representative = badCredentials.find(({ id }) => id === "none") as (typeof badCredentials)[number];

/** The whole set of bad credentials is tried on /call_park; elsewhere one stands for all. */
const refusesStrangers = (id: string, operation: string, path: string): Check => ({
  id: `${id}.authentication.${representative.id}`,
  title: `${operation} refuses ${representative.what}`,
  operation,
  level: "read",
  run: async (context): Promise<Finding[]> => {
    const exchange = await context.session.sendAs({ method: "GET", path, headers: representative.headers });
    return judgeRefusal(context, operation, `${id}.authentication.${representative.id}`, exchange, representative.what);
  },
});

export const reads: readonly Check[] = [
  answers("tenant.body", "GET /tenant answers with the tenant", "GET /tenant", once("/tenant")),
  answers("info.body", "GET /info answers without a token", "GET /info", (context) =>
    context.session.sendAs({ method: "GET", path: "/info" }),
  ),
  answers(
    "admin_status.body",
    "GET /admin/status answers with the version",
    "GET /admin/status",
    once("/admin/status"),
  ),
  missing(
    "ring_groups.show.missing",
    "An unknown ring group is refused",
    "GET /ring_groups/{id}",
    `/ring_groups/${unknown}`,
  ),
  missing(
    "call_park_groups.show.missing",
    "An unknown call park group is refused",
    "GET /call_park_groups/{id}",
    `/call_park_groups/${unknown}`,
  ),
  refusesStrangers("tenant", "GET /tenant", "/tenant"),
  refusesStrangers("ring_groups", "GET /ring_groups", "/ring_groups"),
  refusesStrangers("call_park_groups", "GET /call_park_groups", "/call_park_groups"),
];
