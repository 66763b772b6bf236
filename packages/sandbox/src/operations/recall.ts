import type { Pbx } from "../context.ts";
import { fieldError, type PbxErrorBody } from "../errors.ts";
import { validate } from "../lines.ts";

interface Recall {
  recall_to: string;
  ring_group_id: string | null;
}

/** A mode that recalls to a ring group needs one of the tenant; in the other the field means nothing. */
export const ringGroupError = ({ line, store }: Pbx, tenant: string, recall: Recall): PbxErrorBody | undefined => {
  if (recall.ring_group_id === null || validate(line, "RecallToRingGroup", recall).length > 0) return undefined;
  const found = store.numbers.show(tenant, "RING_GROUP", recall.ring_group_id);
  return found ? undefined : fieldError("ring_group_id", "must be the id of a ring group of the tenant");
};
