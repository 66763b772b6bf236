import type { CallParkCore } from "../client.ts";

type Pbx = Pick<CallParkCore, "baseUrl">;

/** Under what the answers of a PBX are kept. */
export interface CallParkKeys {
  /** Everything of a PBX: what the other keys begin with. */
  all(pbx: Pbx): readonly ["callpark", string];
  /** The settings. */
  callPark(pbx: Pbx): readonly ["callpark", string, "call_park"];
  /** The groups, and with them each one. */
  groups(pbx: Pbx): readonly ["callpark", string, "call_park_groups"];
  /** One group. */
  group(pbx: Pbx, id: string): readonly ["callpark", string, "call_park_groups", string];
}

/**
 * The keys that answers are kept under. They carry the base URL, so that two PBXs are never mixed up.
 *
 * @example await queryClient.invalidateQueries({ queryKey: callParkKeys.all(pbx) });
 */
export const callParkKeys: CallParkKeys = {
  all: ({ baseUrl }) => ["callpark", baseUrl],
  callPark: ({ baseUrl }) => ["callpark", baseUrl, "call_park"],
  groups: ({ baseUrl }) => ["callpark", baseUrl, "call_park_groups"],
  group: ({ baseUrl }, id) => ["callpark", baseUrl, "call_park_groups", id],
};
