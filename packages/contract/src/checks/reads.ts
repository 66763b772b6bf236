import { deniedToSpoilt } from "../asking.ts";
import { badCredentials, wrongToken } from "../bad-credentials.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeRead, pathPointer, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { isPage } from "../paging.ts";
import { unknownId } from "../values.ts";
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
    const exchange = await context.session.send({ method: "GET", path: `/${collection}/${unknownId}` });
    return judgeRefusal(
      context,
      {
        operation: `GET /${collection}/{id}`,
        code: `${collection}.show.missing`,
        what: "an unknown id",
        because: "absent",
      },
      exchange,
    );
  },
});

/** The domain of the tenant, told to whoever asks for it: no token is needed. */
const ofDomain: Check = {
  id: "info.domain",
  title: "GET /info tells of the domain that it is asked for",
  operation: "GET /info",
  level: "read",
  run: async (context) => {
    const domain = domainOf(await readable(context, "/tenant"));
    if (domain === undefined) throw new Skip("The tenant has no domain.");
    const exchange = await context.session.sendAs({ method: "GET", path: infoOf(domain) });
    if (exchange.status >= 400) throw new Skip(`The PBX tells nothing of the domain (${exchange.status}).`);
    const findings = judgeRead(context, "GET /info", "info.domain", exchange);
    const told = domainOf(exchange);
    if (findings.length > 0 || told === undefined || told === domain) return findings;
    // A PBX may say its own, whichever it is asked for; another's it must not.
    const own = domainOf(await context.session.sendAs({ method: "GET", path: "/info" }));
    return told === own
      ? findings
      : [differs(context, "GET /info", "info.domain", `the domain asked for, ${shown(domain)}`, told, exchange)];
  },
};

const infoOf = (domain: string) => `/info?domain=${encodeURIComponent(domain)}`;

const isInvalid = ({ status }: Exchange): boolean => status === 400 || status === 422;

const fieldOf = (exchange: Exchange, name: string): unknown =>
  isSettings(exchange.json) ? exchange.json[name] : undefined;

const domainOf = (exchange: Exchange): string | undefined => {
  const domain = fieldOf(exchange, "domain");
  return typeof domain === "string" && domain !== "" ? domain : undefined;
};

/** Everything that is kept for a run is kept under its tenant. */
export const sameTenant: Check = {
  id: "tenant.stable",
  title: "GET /tenant answers with the same tenant each time",
  operation: "GET /tenant",
  level: "read",
  run: async (context) => {
    const first = await readable(context, "/tenant");
    // With other tokens' readings in between, every second answer may be the same.
    for (const _ of context.otherToken === undefined ? [1] : [1, 2]) {
      const again = await context.session.send({ method: "GET", path: "/tenant" });
      const differing = ["id", "domain"].filter((name) => fieldOf(first, name) !== fieldOf(again, name));
      if (differing.length > 0)
        return differing.map((name) =>
          differs(
            context,
            "GET /tenant",
            `tenant.stable.${name}`,
            `the same ${name} as before, ${shown(fieldOf(first, name))}`,
            fieldOf(again, name),
            again,
          ),
        );
    }
    return [];
  },
};

const differs = (
  context: Context,
  operation: string,
  code: string,
  documented: string,
  received: unknown,
  exchange: Exchange,
): Finding =>
  finding(context, {
    operation,
    code,
    documented,
    received: shown(received),
    exchange,
    pointer: pathPointer(operation),
  });

/** The ring group that the list names, shown to nobody else. */
const showRefusesStrangers = (collection: string): Check => {
  const operation = `GET /${collection}/{id}`;
  const code = `${collection}.show.authentication.${representative.id}`;
  return {
    id: code,
    title: `${operation} refuses ${representative.what}`,
    operation,
    level: "read",
    run: async (context) => {
      const { json } = await readable(context, `/${collection}`);
      const [item] = isPage(json) ? json.items : [];
      if (typeof item?.id !== "string") throw new Skip("There is none to ask for.");
      const exchange = await context.session.sendAs({
        method: "GET",
        path: `/${collection}/${encodeURIComponent(item.id)}`,
      });
      return judgeRefusal(
        context,
        { operation, code, what: representative.what, because: "credentials", statuses: [401, 403] },
        exchange,
      );
    },
  };
};

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
    const findings = judgeRefusal(
      context,
      { operation, code, what: representative.what, because: "credentials", statuses: [401, 403] },
      exchange,
    );
    // A run that has more to ask with may ask more.
    if (context.otherToken === undefined || findings.length > 0) return findings;
    return deniedToSpoilt(context, wrongToken, { operation, code: id }, { method: "GET", path });
  },
});

/** Who signed in to a domain is in the tenant of that domain. */
const tenant: Check = {
  ...answers("tenant.body", "GET /tenant answers with the tenant", "GET /tenant", once("/tenant")),
  run: async (context) => {
    const exchange = await readable(context, "/tenant");
    const findings = judgeRead(context, "GET /tenant", "tenant.body", exchange);
    const [named, told] = [context.credentials?.domain, domainOf(exchange)];
    if (findings.length > 0 || named === undefined || told === undefined) return findings;
    // Names of domains are alike in capitals and small letters.
    if (told.toLowerCase() === named.toLowerCase()) return findings;
    const documented = `the domain that the user signed in to, ${shown(named)}`;
    return [differs(context, "GET /tenant", "tenant.body.domain", documented, told, exchange)];
  },
};

export const reads: readonly Check[] = [
  tenant,
  answers("info.body", "GET /info answers without a token", "GET /info", async (context) => {
    const exchange = await context.session.sendAs({ method: "GET", path: "/info" });
    if (exchange.status === 404) skipAbsent(exchange, "/info");
    const domain = domainOf(await context.session.once("/tenant"));
    // Whether it may go without a domain is not documented.
    return isInvalid(exchange) && domain !== undefined
      ? context.session.sendAs({ method: "GET", path: infoOf(domain) })
      : exchange;
  }),
  answers(
    "admin_status.body",
    "GET /admin/status answers with the version",
    "GET /admin/status",
    once("/admin/status"),
  ),
  missing("ring_groups", "An unknown ring group is refused"),
  missing("call_park_groups", "An unknown call park group is refused"),
  ofDomain,
  showRefusesStrangers("ring_groups"),
  refusesStrangers("tenant", "GET /tenant", "/tenant"),
  refusesStrangers("ring_groups", "GET /ring_groups", "/ring_groups"),
  refusesStrangers("call_park_groups", "GET /call_park_groups", "/call_park_groups"),
];
