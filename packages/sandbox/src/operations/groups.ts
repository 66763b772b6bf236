import type { components } from "@callpark/types";
import { type Context, type Handlers, tenantOf } from "../context.ts";
import { fieldError, notFound, type PbxErrorBody, validateFailed } from "../errors.ts";
import { page } from "../paging.ts";
import type { GroupRow } from "../store/groups.ts";
import type { NumberRow } from "../store/numbers.ts";
import { ringGroupError } from "./recall.ts";

type Write = components["schemas"]["CallParkGroupWrite"];
type Addressed = Pick<Context, "store" | "session"> & { path: { id: string } };

const groupOf = (context: Addressed): GroupRow => {
  const group = context.store.groups.show(tenantOf(context), context.path.id);
  if (!group) throw notFound("There is no such call park group");
  return group;
};

const userOf = (context: Addressed & { path: { extension_number: string } }): NumberRow => {
  const found = context.store.numbers.byNumber(tenantOf(context), context.path.extension_number);
  if (found?.type !== "EXTENSION") throw notFound("No user of the tenant has this extension");
  return found;
};

/** What a body says of a group, once its rules hold. `id` is that of the group itself, if there is one. */
const groupFrom = (context: Context<"createCallParkGroup" | "updateCallParkGroup">, id?: string) => {
  const { store } = context;
  const body: Write = context.body;
  const tenant = tenantOf(context);
  const group = { name: body.name, recall_to: body.recall_to, ring_group_id: body.ring_group_id ?? null };
  const namesake = store.groups.byName(tenant, group.name);
  const taken = namesake !== undefined && namesake.id !== id;
  const errors: PbxErrorBody[] = [
    taken ? fieldError("name", "must be new: another call park group has it") : undefined,
    ringGroupError(context, tenant, group),
  ].filter((error) => error !== undefined);
  if (errors.length > 0) throw validateFailed(...errors);
  return group;
};

export const groups: Handlers<
  | "listCallParkGroups"
  | "createCallParkGroup"
  | "showCallParkGroup"
  | "updateCallParkGroup"
  | "deleteCallParkGroup"
  | "listCallParkGroupMembers"
  | "createCallParkGroupMember"
  | "deleteCallParkGroupMember"
> = {
  listCallParkGroups: (context) => ({
    status: 200,
    json: page(context.store.groups.list(tenantOf(context)), context.query),
  }),
  createCallParkGroup: (context) => ({
    status: 201,
    json: { id: context.store.groups.create(tenantOf(context), groupFrom(context)) },
  }),
  showCallParkGroup: (context) => ({ status: 200, json: groupOf(context) }),
  updateCallParkGroup: (context) => {
    const { id } = groupOf(context);
    context.store.groups.update({ id, ...groupFrom(context, id) });
    return { status: 200 };
  },
  deleteCallParkGroup: (context) => {
    context.store.groups.remove(groupOf(context).id);
    return { status: 204 };
  },
  listCallParkGroupMembers: (context) => ({
    status: 200,
    json: { items: context.store.groups.members(groupOf(context).id) },
  }),
  createCallParkGroupMember: (context) => {
    const group = groupOf(context);
    const user = userOf(context);
    const current = context.store.groups.ofMember(user.id);
    if (current !== undefined && current !== group.id)
      throw validateFailed(fieldError("extension_number", "is in another call park group"));
    if (current === undefined) context.store.groups.addMember(group.id, user.id);
    return { status: 200 };
  },
  deleteCallParkGroupMember: (context) => {
    const { id } = groupOf(context);
    if (!context.store.groups.removeMember(id, userOf(context).id))
      throw notFound("This user is no member of the call park group");
    return { status: 204 };
  },
};
