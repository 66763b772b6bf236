import type { Behaviour } from "../behaviour.ts";
import { all, at, everywhere, isSuccess, itemsOf, remembering } from "../tools/at.ts";
import { behaviour, faultsOf } from "../tools/fault.ts";
import { bearer, systemTokens } from "../tools/sessions.ts";
import { get, post, type WitnessRequest } from "../witness.ts";

const tenant = "GET /tenant";
const tenants = "GET /tenants";
const change = "POST /tenants/switch";
const status = "GET /admin/status";
const info = "GET /info";
const system = { as: "system administrator" } as const;

const fault = faultsOf(() => ({ class: "tenants" }));

/** Lets a tenant's administrator do what only the system administrator may. */
const forAdministrators = (
  operation: string,
  witness: readonly WitnessRequest[],
  more: Partial<Behaviour> = {},
): Behaviour =>
  behaviour(operation, "lets_in.tenant_administrator", `${operation} lets in the administrator of a tenant.`, {
    class: "who is let in",
    alter: at(operation, ({ session }, next, pbx) =>
      session?.role === "tenant administrator" ? next({ headers: bearer(systemTokens(pbx)) }) : next(),
    ),
    witness,
    ...more,
  });

const switched = [
  get("/tenants", system),
  post("/tenants/switch?id={second}", undefined, system),
  get("/tenant", system),
];

export const tenantFaults: readonly Behaviour[] = [
  forAdministrators(tenants, [get("/tenants")]),
  forAdministrators(status, [get("/admin/status")]),
  forAdministrators(change, [get("/tenants", system), post("/tenants/switch?id={first}")], {
    needs: { credentials: true },
  }),
  fault(
    tenant,
    "changes",
    "answers with another tenant every second time",
    remembering(() => {
      let turns = 0;
      return itemsOf(tenant, (item, _, { store }) => {
        turns += 1;
        const other = store.tenants.list().find(({ id }) => id !== item["id"]);
        return turns % 2 === 0 && other ? { ...item, id: other.id, name: other.name, domain: other.domain } : item;
      });
    }),
    [get("/tenant"), get("/tenant")],
    { class: "answers that change" },
  ),
  fault(
    tenant,
    "domain.of_another",
    "answers with the domain of another tenant",
    itemsOf(tenant, (item, _, { store }) => {
      const other = store.tenants.list().find(({ id }) => id !== item["id"]);
      return { ...item, domain: other?.domain ?? item["domain"] };
    }),
    [get("/tenant")],
    { field: "domain", needs: { credentials: true } },
  ),
  fault(
    tenant,
    "id.changes",
    "answers with another id each time",
    remembering(() => {
      let turns = 0;
      return itemsOf(tenant, (item) => {
        turns += 1;
        return { ...item, id: `${String(item["id"])}.${turns}` };
      });
    }),
    [get("/tenant"), get("/tenant")],
    { class: "answers that change", field: "id" },
  ),
  fault(
    tenant,
    "changes.late",
    "answers with another tenant once fifty requests have come",
    remembering(() => {
      let requests = 0;
      return all(
        at(everywhere, (_, next) => {
          requests += 1;
          return next();
        }),
        itemsOf(tenant, (item, _, { store }) => {
          const other = store.tenants.list().find(({ id }) => id !== item["id"]);
          return requests > 50 && other ? { ...item, id: other.id, name: other.name, domain: other.domain } : item;
        }),
      );
    }),
    Array.from({ length: 51 }, () => get("/tenant")),
    { class: "answers that change" },
  ),
  fault(
    tenants,
    "domain.twice",
    "lists one domain for every tenant",
    itemsOf(tenants, (item) => ({ ...item, domain: "acme.example" })),
    [get("/tenants", system)],
    { field: "domain" },
  ),
  fault(
    tenants,
    "id.twice",
    "lists one id for every tenant",
    itemsOf(tenants, (item) => ({ ...item, id: "bm9ib2R5" })),
    [get("/tenants", system)],
  ),
  fault(
    change,
    "not_switched",
    "answers with 200, and the session stays where it was",
    at(change, async ({ session, query }, next, { store }) => {
      const known = store.tenants.show(query.get("id") ?? "");
      return session?.role === "system administrator" && known ? { status: 200 } : next();
    }),
    switched,
    { alsoAt: [tenant] },
  ),
  fault(
    change,
    "to_another",
    "switches to another tenant than the one that was named",
    at(change, async ({ query, path }, next, { store }) => {
      const other = store.tenants.list().find(({ id }) => id !== query.get("id"));
      return next(store.tenants.show(query.get("id") ?? "") && other ? { path: `${path}?id=${other.id}` } : {});
    }),
    switched,
    { alsoAt: [tenant] },
  ),
  fault(
    change,
    "every_session",
    "switches every session of the user",
    remembering(() => {
      const sessions = new Map<string, string>();
      return all(
        at(everywhere, ({ session }, next) => {
          if (session) sessions.set(session.id, session.account_id);
          return next();
        }),
        at(change, async ({ session, query }, next, { store }) => {
          const answer = await next();
          if (isSuccess(answer))
            for (const [id, account] of sessions)
              if (account === session?.account_id) store.sessions.switchTenant(id, query.get("id") ?? "");
          return answer;
        }),
      );
    }),
    [
      post("/auth/sign_in", { username: "admin", password: "system-park-1" }, { as: "nobody" }),
      get("/tenant", { as: "new" }),
      ...switched.slice(0, 2),
      get("/tenant", { as: "new" }),
    ],
    { alsoAt: [tenant] },
  ),
  fault(
    change,
    "takes.id.unknown",
    "takes an id that no tenant has",
    at(change, async ({ session, query }, next) => {
      const answer = await next();
      return session?.role === "system administrator" && answer.status === 404 && query.has("id")
        ? { status: 200 }
        : answer;
    }),
    [post("/tenants/switch?id=bm9ib2R5", undefined, system)],
  ),
  fault(
    change,
    "takes.id.missing",
    "does without the id of a tenant",
    at(change, async ({ session, query }, next) =>
      session?.role === "system administrator" && !query.has("id") ? { status: 200 } : next(),
    ),
    [post("/tenants/switch", undefined, system)],
  ),
  fault(
    info,
    "domain.other",
    "answers with another domain than the one that was asked for",
    at(info, async ({ query }, next) => {
      const answer = await next();
      return isSuccess(answer) && query.has("domain")
        ? { ...answer, json: { ...(answer.json as object), domain: "elsewhere.example" } }
        : answer;
    }),
    [get("/info?domain=acme.example", { as: "nobody" })],
    { field: "domain" },
  ),
];
