import type { components } from "@callpark/types";
import { type Handlers, sessionOf, systemAdministratorOf } from "../context.ts";
import { forbidden, notFound } from "../errors.ts";
import { page } from "../paging.ts";
import type { TenantRow } from "../store/tenants.ts";

type Schemas = components["schemas"];

const listed = ({ id, name, domain, enabled }: TenantRow): Schemas["TenantListItem"] => ({
  id,
  name,
  domain,
  enabled: enabled === 1,
});

/** The PBX itself and its tenants. */
export const pbx: Handlers<
  "retrieveMetadata" | "retrieveCurrentSystemStatus" | "showCurrentConfigurations" | "listTenants" | "switchTenants"
> = {
  retrieveMetadata: ({ store, query: { domain } }) => {
    const tenant = domain === undefined ? undefined : store.tenants.byDomain(domain);
    if (domain !== undefined && !tenant) throw notFound("No tenant has this domain");
    const info: Schemas["PbxInfo"] = {
      web_domain: "sandbox.example",
      private_ipv4: "127.0.0.1",
      public_ipv4: null,
      enable_ipv6: false,
      private_ipv6: null,
      public_ipv6: null,
      primary_dns_server: null,
      secondary_dns_server: null,
      name: tenant?.name ?? "Call park sandbox",
      domain: tenant?.domain ?? null,
      website: tenant?.website ?? null,
      avatar_url: null,
      enable_ms365_integration: false,
      ms365_authorization_endpoint: null,
    };
    return { status: 200, json: info };
  },
  retrieveCurrentSystemStatus: (context) => {
    systemAdministratorOf(context);
    const status: Schemas["SystemStatus"] = { version: context.line.document.info.version };
    return { status: 200, json: status };
  },
  showCurrentConfigurations: (context) => {
    const { tenant_id } = sessionOf(context);
    const tenant = tenant_id === null ? undefined : context.store.tenants.show(tenant_id);
    if (!tenant) throw forbidden("The system administrator is in no tenant: switch to one first");
    const { id, name, domain, website, timezone, currency, region } = tenant;
    const answer: Schemas["Tenant"] = { id, name, domain, website, timezone, currency, region };
    return { status: 200, json: answer };
  },
  listTenants: (context) => {
    systemAdministratorOf(context);
    return { status: 200, json: page(context.store.tenants.list().map(listed), context.query) };
  },
  switchTenants: (context) => {
    const { id } = systemAdministratorOf(context);
    const tenant = context.store.tenants.show(context.query.id);
    if (!tenant) throw notFound("There is no such tenant");
    context.store.sessions.switchTenant(id, tenant.id);
    return { status: 200 };
  },
};
