import type { CallPark, CallParkGroup } from "@callpark/types";
import type { CallParkClient } from "../call-park-client.ts";
import { unwrap } from "../unwrap.ts";
import { callParkKeys } from "./keys.ts";

/** What `useQuery` and `QueryClient` take. The types are written here, so that no version of TanStack Query is needed. */
export interface Query<Data, Key extends readonly unknown[]> {
  queryKey: Key;
  /** Throws as `unwrap` does. Ended by TanStack Query where nobody waits for it any more. */
  queryFn: (context: { signal: AbortSignal }) => Promise<Data>;
  /** The client tries again by itself, and knows when that is of use. */
  retry: false;
}

/**
 * The tenant's call park settings.
 *
 * @example const { data, error } = useQuery(callParkQuery(pbx));
 */
export const callParkQuery = (pbx: CallParkClient): Query<CallPark, ReturnType<typeof callParkKeys.callPark>> => ({
  queryKey: callParkKeys.callPark(pbx),
  queryFn: ({ signal }) => unwrap(pbx.callPark.get({ signal })),
  retry: false,
});

/**
 * Every call park group.
 *
 * @example const { data: groups = [] } = useQuery(callParkGroupsQuery(pbx));
 */
export const callParkGroupsQuery = (
  pbx: CallParkClient,
): Query<CallParkGroup[], ReturnType<typeof callParkKeys.groups>> => ({
  queryKey: callParkKeys.groups(pbx),
  queryFn: async ({ signal }) => {
    const groups: CallParkGroup[] = [];
    for await (const group of pbx.callPark.groups.list({ signal })) groups.push(group);
    return groups;
  },
  retry: false,
});

/**
 * One call park group.
 *
 * @example const { data: group } = useQuery(callParkGroupQuery(pbx, id));
 */
export const callParkGroupQuery = (
  pbx: CallParkClient,
  id: string,
): Query<CallParkGroup, ReturnType<typeof callParkKeys.group>> => ({
  queryKey: callParkKeys.group(pbx, id),
  queryFn: ({ signal }) => unwrap(pbx.callPark.groups.show(id, { signal })),
  retry: false,
});
