import type { components } from "@callpark/types";
import type { CallParkCore } from "../client.ts";
import { mostItems } from "../generated/values.ts";
import type { Answer } from "../unwrap.ts";
import type { CallOptions } from "./call-options.ts";
import type { ListOptions } from "./list-options.ts";
import { itemsOf } from "./pages.ts";

/** The tenants of the PBX, for its system administrator. */
export interface TenantCalls {
  /** Every tenant, page after page. Throws as `unwrap` does. */
  list(options?: ListOptions): AsyncGenerator<components["schemas"]["TenantListItem"], void, undefined>;
  /** From now on the session acts for this tenant. The token stays the same. */
  switchTo(id: string, options?: CallOptions): Promise<Answer<undefined>>;
}

export const tenantCalls = (pbx: CallParkCore): TenantCalls => ({
  list: ({ pageSize = mostItems, signal, ...query } = {}) =>
    itemsOf(
      "GET /tenants",
      (page) => pbx.GET("/tenants", { ...(signal && { signal }), params: { query: { ...query, ...page } } }),
      pageSize,
    ),
  switchTo: (id, options) => pbx.POST("/tenants/switch", { ...options, params: { query: { id } } }),
});
