import type { CallParkUpdate } from "@callpark/types";
import type { CallParkClient } from "../call-park-client.ts";
import { unwrap } from "../unwrap.ts";
import { callParkKeys } from "./keys.ts";

/** What is used of a `QueryClient`. */
export interface QueryCache {
  invalidateQueries(filters: { queryKey: readonly unknown[] }): Promise<unknown>;
}

/** What `useMutation` takes. */
export interface Mutation<Variables> {
  mutationKey: readonly unknown[];
  /** Throws as `unwrap` does. */
  mutationFn: (variables: Variables) => Promise<void>;
  /** What was read before is stale, whatever came of the write: its answer may have been lost. */
  onSettled: () => Promise<unknown>;
  /** The client sends a write again only where that is safe. */
  retry: false;
}

/**
 * Changes the tenant's call park settings, and has them read again.
 *
 * @example
 * const { mutate } = useMutation(updateCallParkMutation(pbx, useQueryClient()));
 * mutate({ recall_time: 120 });
 */
export const updateCallParkMutation = (pbx: CallParkClient, queryClient: QueryCache): Mutation<CallParkUpdate> => ({
  mutationKey: callParkKeys.callPark(pbx),
  mutationFn: async (update) => {
    await unwrap(pbx.callPark.update(update));
  },
  onSettled: () => queryClient.invalidateQueries({ queryKey: callParkKeys.callPark(pbx) }),
  retry: false,
});
