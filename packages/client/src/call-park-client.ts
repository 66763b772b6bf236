import type { CallPark, CallParkUpdate } from "@callpark/types";
import { apiUrl } from "./base-url.ts";
import { type AuthCalls, authCalls } from "./calls/auth.ts";
import type { CallOptions } from "./calls/call-options.ts";
import { getCallPark, updateCallPark } from "./calls/call-park.ts";
import { type GroupCalls, groupCalls } from "./calls/groups.ts";
import { type PromptCalls, promptCalls } from "./calls/prompt.ts";
import { type TenantCalls, tenantCalls } from "./calls/tenants.ts";
import { checkClientOptions } from "./check-client-options.ts";
import { assemble, type CallParkCore } from "./client.ts";
import { waryFetch } from "./core/disarmed.ts";
import { readFailure } from "./core/failure.ts";
import { governed } from "./core/governed.ts";
import { excerpt } from "./core/mask.ts";
import type { Answer } from "./unwrap.ts";
import { type CallParkClientOptions, inspection } from "./validate.ts";

/** A client of one PBX: the documented paths, typed, and calls by name. */
export interface CallParkClient extends CallParkCore {
  /** The tenant's call park server, its groups and its prompt. */
  readonly callPark: {
    get(options?: CallOptions): Promise<Answer<CallPark>>;
    /**
     * Changes settings. A write whose answer is lost is settled by reading.
     *
     * @throws ConflictError where somebody else changed them meanwhile.
     */
    update(update: CallParkUpdate, options?: CallOptions): Promise<Answer<undefined>>;
    readonly groups: GroupCalls;
    readonly prompt: PromptCalls;
  };
  readonly auth: AuthCalls;
  readonly tenants: TenantCalls;
}

/**
 * Makes a client.
 *
 * @example
 * const pbx = createCallParkClient({ baseUrl: "https://pbx.example.com:8887", token });
 * const { data, error } = await pbx.callPark.get();
 * @throws ConfigurationError where the base URL cannot be one, or an option has a value that it does not take.
 */
export const createCallParkClient = (options: CallParkClientOptions): CallParkClient => {
  checkClientOptions(options);
  const url = new URL(apiUrl(options.baseUrl));
  const given = options.transport ?? globalThis;
  const transport = given.fetch === globalThis.fetch ? waryFetch(url) : given;
  const parts = { around: governed(url.host, options), readFailure, excerpt };
  const core = assemble({ ...options, ...inspection(options), transport }, parts);
  const { signal: _, ...lasting } = options;
  return {
    ...core,
    callPark: {
      get: (callOptions) => getCallPark(core, callOptions),
      update: (update, callOptions) => updateCallPark(core, update, callOptions),
      groups: groupCalls(core),
      prompt: promptCalls(core, assemble({ ...lasting, transport }, parts)),
    },
    auth: authCalls(core),
    tenants: tenantCalls(core),
  };
};
