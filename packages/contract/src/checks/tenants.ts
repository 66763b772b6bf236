import { granted } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeRead, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { isPage, judgeBounds, judgeOne, judgePage, judgeQueries, type Listing } from "../paging.ts";
import { unknownId } from "../values.ts";
import { systemStatus } from "../version.ts";
import type { Exchange, WireRequest } from "../wire.ts";
import { asSession, signedInAs, signOut } from "./own-session.ts";

const listed = "GET /tenants";
const switched = "POST /tenants/switch";

/** The system administrator, in a session of the run's own: it alone is moved to another tenant. */
const asAdministrator = async (context: Context) => {
  const { credentials, systemAdministrator = credentials?.domain === undefined ? credentials : undefined } = context;
  if (systemAdministrator === undefined)
    throw new Skip(
      "It takes the system administrator's password: give systemAdministrator (CALLPARK_SYSTEM_PASSWORD).",
    );
  const code = "auth.sign_in.system_administrator";
  const { tokens, status } = await signedInAs(context, systemAdministrator, code);
  if (tokens === undefined)
    throw new Skip(
      `The system administrator could not sign in (status ${status}): check the user name and the password of systemAdministrator (CALLPARK_SYSTEM_USERNAME, CALLPARK_SYSTEM_PASSWORD).`,
    );
  const ask = (request: WireRequest): Promise<Exchange> => asSession(context, tokens.access, request);
  const get = (path: string) => ask({ method: "GET", path });
  const end = () => ask({ method: "POST", path: "/auth/sign_out" });
  return { ask, get, end };
};

const status: Check = {
  id: "admin_status.system_administrator",
  title: "GET /admin/status answers the system administrator with the version",
  operation: "GET /admin/status",
  level: "read",
  run: async (context) => {
    const { get, end } = await asAdministrator(context);
    const findings = judgeRead(context, "GET /admin/status", "admin_status", await get("/admin/status"));
    const stranger = await context.session.sendAs({ method: "GET", path: "/admin/status" });
    findings.push(
      ...judgeRefusal(
        context,
        {
          operation: "GET /admin/status",
          code: "admin_status.authentication.none",
          what: "a request without a token",
          because: "credentials",
        },
        stranger,
      ),
    );
    await end();
    return findings;
  },
};

const tenants: Check = {
  id: "tenants.switch",
  title: "The system administrator lists the tenants and moves a session into one",
  operation: switched,
  level: "read",
  run: async (context) => {
    const { ask, get, end } = await asAdministrator(context);
    const listing: Listing = { operation: listed, code: "tenants.list", get: (query) => get(`/tenants?${query}`) };
    const page = await get("/tenants");
    const findings = judgePage(context, listing, page);
    const items: unknown[] = isPage(page.json) ? page.json.items : [];
    const domains = items.filter(isSettings).map(({ domain }) => domain);
    if (new Set(domains).size < domains.length)
      findings.push(
        differs(context, listed, "tenants.list.domain", "a domain of its own for each tenant", domains, page),
      );
    findings.push(...(await judgeBounds(context, listing)), ...(await judgeQueries(context, listing, page)));
    if (isPage(page.json) && page.json.count > 0)
      for (const query of ["top", "skip"] as const)
        findings.push(...(await judgeOne(context, listing, query, page.json.count)));
    for (const request of [
      { method: "GET", path: "/tenants" },
      { method: "POST", path: "/tenants/switch?id=callpark" },
    ])
      findings.push(...(await strangers(context, request)));
    const beside = await asAdministrator(context);
    const stood = await beside.get("/tenant");
    for (const item of items.filter(isSettings).slice(0, 2)) {
      const path = `/tenants/switch?id=${encodeURIComponent(String(item["id"]))}`;
      findings.push(...granted(context, switched, "tenants.switch", await ask({ method: "POST", path })));
      const { status, json } = await get("/tenant");
      // A PBX that does not say even to its users where they are says nothing of a switch either.
      const isTold = status !== 403 || context.tenantId !== undefined;
      if (isTold && isSettings(json) && json["id"] !== item["id"])
        findings.push(
          differs(
            context,
            switched,
            "tenants.switch.tenant",
            `the tenant switched to, ${shown(item["id"])}`,
            json["id"],
          ),
        );
    }
    findings.push(...moved(context, stood, await beside.get("/tenant")));
    await beside.end();
    for (const [end, what, query] of [
      ["missing", "a tenant that does not exist", `?id=${unknownId}`],
      ["unnamed", "no tenant at all", ""],
    ] as const) {
      const exchange = await ask({ method: "POST", path: `/tenants/switch${query}` });
      findings.push(...judgeRefusal(context, { operation: switched, code: `tenants.switch.${end}`, what }, exchange));
    }
    findings.push(...(await switchedByOthers(context)));
    await end();
    return findings;
  },
};

/** The system administrator may do both: only one of them open to the user of the run is a leak. */
const openToTenants: Check = {
  id: "tenants.list.other_user",
  title: "The list of tenants and the PBX's status are for no user of a tenant",
  operation: listed,
  // No check that reads only needs one more request than a run of them may take.
  level: "full",
  run: async (context) => {
    const list = await context.session.send({ method: "GET", path: "/tenants" }, { refresh: false });
    const told = await context.session.once(systemStatus, { refresh: false });
    if (list.status < 300 && told.status >= 300) return [opened(context, listed, "tenants.list.other_user", list)];
    if (told.status < 300 && list.status >= 300)
      return [opened(context, "GET /admin/status", "admin_status.other_user", told)];
    return [];
  },
};

const opened = (context: Context, operation: string, code: string, exchange: Exchange): Finding =>
  finding(context, {
    operation,
    code,
    documented: "an answer for the system administrator alone",
    received: `status ${exchange.status}`,
    exchange,
  });

/** The user of a tenant cannot move, not even to where they are. A session of the run's own tries it. */
const switchedByOthers = async (context: Context): Promise<Finding[]> => {
  const { credentials, tenantId } = context;
  if (credentials?.domain === undefined || tenantId === undefined) return [];
  const { tokens } = await signedInAs(context, credentials, "auth.sign_in");
  if (tokens === undefined) return [];
  const path = `/tenants/switch?id=${encodeURIComponent(tenantId)}`;
  const exchange = await asSession(context, tokens.access, { method: "POST", path });
  await signOut(context, tokens.access);
  return judgeRefusal(
    context,
    { operation: switched, code: "tenants.switch.other_user", what: "the user of a tenant", because: "credentials" },
    exchange,
  );
};

/** A switch is the session's that asks for it: another of the same user stays where it is. */
const moved = (context: Context, before: Exchange, after: Exchange): Finding[] => {
  const whereOf = ({ json }: Exchange) => (isSettings(json) ? json["id"] : undefined);
  if (whereOf(before) === whereOf(after)) return [];
  return [
    finding(context, {
      operation: switched,
      code: "tenants.switch.other_session",
      documented: "a switch belongs to the session that asks for it",
      received: `another session of the same user went from ${placeOf(whereOf(before))} to ${placeOf(whereOf(after))}`,
      exchange: after,
    }),
  ];
};

const placeOf = (id: unknown): string => (id === undefined ? "no tenant" : `tenant ${shown(id)}`);

const strangers = async (context: Context, request: WireRequest): Promise<Finding[]> => {
  const operation = `${request.method} ${request.path.replace(/\?.*$/, "")}`;
  const code = `${operation === listed ? "tenants.list" : "tenants.switch"}.authentication.none`;
  const exchange = await context.session.sendAs(request);
  return judgeRefusal(
    context,
    { operation, code, what: "a request without a token", because: "credentials" },
    exchange,
  );
};

const differs = (
  context: Context,
  operation: string,
  code: string,
  documented: string,
  received: unknown,
  exchange?: Exchange,
): Finding =>
  finding(context, { operation, code, documented, received: shown(received), ...(exchange && { exchange }) });

export const administration: readonly Check[] = [status, tenants, openToTenants];
