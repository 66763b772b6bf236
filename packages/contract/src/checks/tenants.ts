import { granted } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeRead, shown } from "../judge.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import type { Exchange, WireRequest } from "../wire.ts";
import { isPage } from "./lists.ts";
import { signedInAs } from "./sessions.ts";

const listed = "GET /tenants";
const switched = "POST /tenants/switch";

/** The system administrator, in a session of the run's own: it alone is moved to another tenant. */
const asAdministrator = async (context: Context) => {
  if (context.systemAdministrator === undefined)
    throw new Skip("It takes the system administrator's name and password.");
  const { tokens } = await signedInAs(context, context.systemAdministrator, "auth.sign_in.system_administrator");
  if (tokens === undefined) throw new Skip("The system administrator could not sign in.");
  const ask = (request: WireRequest): Promise<Exchange> =>
    context.session.sendAs({ ...request, headers: { Authorization: `Bearer ${tokens.access}` } });
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
    const page = await get("/tenants");
    const findings = judgeRead(context, listed, "tenants.list", page);
    const items: unknown[] = isPage(page.json) ? page.json.items : [];
    if (isPage(page.json) && page.json.count < items.length)
      findings.push(
        differs(context, listed, "tenants.list.count", `a count of ${items.length} or more`, page.json.count, page),
      );
    for (const request of [
      { method: "GET", path: "/tenants" },
      { method: "POST", path: "/tenants/switch?id=callpark" },
    ])
      findings.push(...(await strangers(context, request)));
    for (const item of items.filter(isSettings).slice(0, 2)) {
      const path = `/tenants/switch?id=${encodeURIComponent(String(item["id"]))}`;
      findings.push(...granted(context, switched, "tenants.switch", await ask({ method: "POST", path })));
      const { json } = await get("/tenant");
      if (isSettings(json) && json["id"] !== item["id"])
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
    const one = await get("/tenants?top=1");
    if (isPage(one.json) && one.json.items.length > 1)
      findings.push(differs(context, listed, "tenants.list.top", "1 item for top=1", one.json.items.length, one));
    const missing = await ask({ method: "POST", path: "/tenants/switch?id=Y2FsbHBhcmstbm8tc3VjaC1pZA" });
    findings.push(
      ...judgeRefusal(
        context,
        { operation: switched, code: "tenants.switch.missing", what: "a tenant that does not exist" },
        missing,
      ),
    );
    const own = await context.session.send({ method: "GET", path: "/tenants" }, { refresh: false });
    if (
      own.status < 300 &&
      context.tenantId !== undefined &&
      isPage(own.json) &&
      own.json.items.some(({ id }) => id !== context.tenantId)
    )
      findings.push(
        differs(
          context,
          listed,
          "tenants.list.other_user",
          "a list for the system administrator alone",
          `status ${own.status}`,
          own,
        ),
      );
    await end();
    return findings;
  },
};

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

export const administration: readonly Check[] = [status, tenants];
