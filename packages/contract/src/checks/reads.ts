import { badCredentials } from "../bad-credentials.ts";
import type { Check } from "../check.ts";
import type { Context } from "../context.ts";
import type { Finding } from "../finding.ts";
import { judgeRead } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import type { Exchange } from "../wire.ts";
import { readable, skipAbsent } from "./readable.ts";

/** A read whose answer is judged as documented. */
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
  run: async (context) => judgeRead(context, operation, id, await read(context)),
});

const once = (path: string) => (context: Context) => readable(context, path);

/** Something that is not there: refused, by whatever 4XX. */
const missing = (collection: string, title: string): Check => ({
  id: `${collection}.show.missing`,
  title,
  operation: `GET /${collection}/{id}`,
  level: "read",
  run: async (context): Promise<Finding[]> => {
    await readable(context, `/${collection}`);
    const exchange = await context.session.send({ method: "GET", path: `/${collection}/${unknown}` });
    return judgeRefusal(
      context,
      { operation: `GET /${collection}/{id}`, code: `${collection}.show.missing`, what: "an unknown id" },
      exchange,
    );
  },
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
    await readable(context, path);
    const exchange = await context.session.sendAs({ method: "GET", path });
    const code = `${id}.authentication.${representative.id}`;
    return judgeRefusal(
      context,
      { operation, code, what: representative.what, because: "credentials", statuses: [401, 403] },
      exchange,
    );
  },
});

export const reads: readonly Check[] = [
  answers("tenant.body", "GET /tenant answers with the tenant", "GET /tenant", once("/tenant")),
  answers("info.body", "GET /info answers without a token", "GET /info", async (context) => {
    const exchange = await context.session.sendAs({ method: "GET", path: "/info" });
    if (exchange.status === 404) skipAbsent(exchange, "/info");
    return exchange;
  }),
  answers(
    "admin_status.body",
    "GET /admin/status answers with the version",
    "GET /admin/status",
    once("/admin/status"),
  ),
  missing("ring_groups", "An unknown ring group is refused"),
  missing("call_park_groups", "An unknown call park group is refused"),
  refusesStrangers("tenant", "GET /tenant", "/tenant"),
  refusesStrangers("ring_groups", "GET /ring_groups", "/ring_groups"),
  refusesStrangers("call_park_groups", "GET /call_park_groups", "/call_park_groups"),
];
