import type { components } from "@callpark/types";
import { type Handlers, tenantOf } from "../context.ts";
import { notFound } from "../errors.ts";
import { page } from "../paging.ts";

type Schemas = components["schemas"];

/** The numbers of a tenant, and what has them. */
export const numbers: Handlers<"listRingGroups" | "showRingGroup" | "getExtensionNumber"> = {
  listRingGroups: (context) => {
    const groups = context.store.numbers.ofType(tenantOf(context), "RING_GROUP").map(ringGroup);
    return { status: 200, json: page(groups, context.query) };
  },
  showRingGroup: (context) => {
    const found = context.store.numbers.show(tenantOf(context), "RING_GROUP", context.path.id);
    if (!found) throw notFound("There is no such ring group");
    return { status: 200, json: ringGroup(found) };
  },
  getExtensionNumber: (context) => {
    const found = context.store.numbers.byNumber(tenantOf(context), context.path.extension_number);
    if (!found) throw notFound("Nothing has this number");
    const { id, extension_number, name, type } = found;
    const answer: Schemas["ExtensionNumber"] = { id, extension_number, name, type };
    return { status: 200, json: answer };
  },
};

const ringGroup = ({ id, name, extension_number }: Schemas["RingGroup"]): Schemas["RingGroup"] => ({
  id,
  name,
  extension_number,
});
