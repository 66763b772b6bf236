import type { CallParkGroup, CallParkGroupMember, CallParkGroupWrite } from "@callpark/types";
import type { CallParkCore } from "../client.ts";
import { mostItems } from "../generated/values.ts";
import type { Answer } from "../unwrap.ts";
import type { CallOptions } from "./call-options.ts";
import type { ListOptions } from "./list-options.ts";
import { itemsOf } from "./pages.ts";

/** The tenant's call park groups. */
export interface GroupCalls {
  /** Every group, page after page. Throws as `unwrap` does. */
  list(options?: ListOptions): AsyncGenerator<CallParkGroup, void, undefined>;
  show(id: string, options?: CallOptions): Promise<Answer<CallParkGroup>>;
  create(group: CallParkGroupWrite, options?: CallOptions): Promise<Answer<{ id: string }>>;
  update(id: string, group: CallParkGroupWrite, options?: CallOptions): Promise<Answer<undefined>>;
  destroy(id: string, options?: CallOptions): Promise<Answer<undefined>>;
  /** The users that calls can be parked at by the group's number. */
  members: {
    list(id: string, options?: CallOptions): Promise<Answer<{ items: CallParkGroupMember[] }>>;
    add(id: string, extensionNumber: string, options?: CallOptions): Promise<Answer<undefined>>;
    remove(id: string, extensionNumber: string, options?: CallOptions): Promise<Answer<undefined>>;
  };
}

export const groupCalls = (pbx: CallParkCore): GroupCalls => {
  const one = (id: string) => ({ params: { path: { id } } });
  const member = (id: string, extension_number: string) => ({ params: { path: { id, extension_number } } });
  return {
    list: ({ pageSize = mostItems, signal, ...query } = {}) =>
      itemsOf(
        "GET /call_park_groups",
        (page) => pbx.GET("/call_park_groups", { ...(signal && { signal }), params: { query: { ...query, ...page } } }),
        pageSize,
      ),
    show: (id, options) => pbx.GET("/call_park_groups/{id}", { ...options, ...one(id) }),
    create: (body, options) => pbx.POST("/call_park_groups", { ...options, body }),
    update: (id, body, options) => pbx.POST("/call_park_groups/{id}", { ...options, ...one(id), body }),
    destroy: (id, options) => pbx.POST("/call_park_groups/{id}/destroy", { ...options, ...one(id) }),
    members: {
      list: (id, options) => pbx.GET("/call_park_groups/{id}/members", { ...options, ...one(id) }),
      add: (id, number, options) =>
        pbx.POST("/call_park_groups/{id}/members/{extension_number}", { ...options, ...member(id, number) }),
      remove: (id, number, options) =>
        pbx.POST("/call_park_groups/{id}/members/{extension_number}/destroy", { ...options, ...member(id, number) }),
    },
  };
};
