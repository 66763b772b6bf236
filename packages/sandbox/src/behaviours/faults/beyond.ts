import type { Pbx } from "../../context.ts";
import type { CallParkSettings } from "../../store/call-park.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { all, at, isSuccess, refusalOf, remembering } from "../tools/at.ts";
import { behaviour } from "../tools/fault.ts";
import { shortest } from "../tools/limits.ts";
import type { Seen } from "../tools/seen.ts";
import { otherTenant } from "../tools/sessions.ts";
import { starting } from "../tools/starting.ts";
import { get, post, reach } from "../witness.ts";
import { uploading, wav } from "../witness-files.ts";

const write = "POST /call_park";
const groups = "GET /call_park_groups";
const create = "POST /call_park_groups";
const update = "POST /call_park_groups/{id}";
const destroy = "POST /call_park_groups/{id}/destroy";
const download = "GET /blobs/{digest}";

/** Where a run has nothing to put back with, it says what is changed, and that it is. */
const unrestorable = "It is changed where a run does not write.";
const elsewhere = { as: "other tenant" } as const;

/** Does more than it was asked to, once it has answered. */
const besides = (operation: string, more: (pbx: Pbx, seen: Seen) => void): Alter =>
  at(operation, async (seen, next, pbx) => {
    const answer = await next();
    if (seen.session?.tenant_id && isSuccess(answer)) more(pbx, seen);
    return answer;
  });

const besidesRefusing = (more: (pbx: Pbx, tenant: string) => void): Alter =>
  refusalOf(write, (answer, { session, fields }, pbx) => {
    if (session?.tenant_id && "recall_time" in fields) more(pbx, session.tenant_id);
    return answer;
  });

const changeOther = (pbx: Pbx, settings: Partial<CallParkSettings>) => {
  const other = otherTenant(pbx);
  pbx.store.callPark.save(other, { ...pbx.store.callPark.show(other), ...settings });
};

const withGroupElsewhere = starting((pbx) => {
  pbx.store.groups.create(otherTenant(pbx), { name: "Reception", recall_to: "USER_ONLY", ring_group_id: null });
  return undefined;
});

const dropGroup = ({ store }: Pbx, tenant: string) => {
  const [group] = store.groups.list(tenant);
  if (group) store.groups.remove(group.id);
};

/** What changes beside what a request is about. */
export const beyondFaults: readonly Behaviour[] = [
  behaviour(
    write,
    "beyond.number_of_other_tenant",
    "POST /call_park writes its extension number to another tenant too.",
    {
      class: "what it stores",
      alter: besides(write, (pbx, { fields: { extension_number: number } }) => {
        if (typeof number === "string") changeOther(pbx, { extension_number: number });
      }),
      witness: [post("/call_park", { extension_number: "777" }), get("/call_park", elsewhere)],
    },
  ),
  behaviour(write, "beyond.recall_to_of_groups", "POST /call_park gives its recall_to to every call park group too.", {
    class: "what it stores",
    alsoAt: [groups],
    field: "recall_to",
    alter: besides(write, ({ store }, { session, fields: { recall_to: mode } }) => {
      for (const group of store.groups.list(session?.tenant_id ?? ""))
        if (typeof mode === "string") store.groups.update({ ...group, recall_to: mode as typeof group.recall_to });
    }),
    witness: [
      get("/ring_groups"),
      post("/call_park", { recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
      get("/call_park_groups"),
    ],
  }),
  behaviour(
    write,
    "beyond.ring_group_of_groups",
    "POST /call_park gives a recall_to that is to a ring group, and that ring group, to every call park group too.",
    {
      class: "what it stores",
      alsoAt: [groups],
      alter: besides(write, ({ store }, { session, fields: { recall_to: mode, ring_group_id: ringGroup } }) => {
        if (typeof mode !== "string" || typeof ringGroup !== "string" || mode === "USER_ONLY") return;
        for (const group of store.groups.list(session?.tenant_id ?? ""))
          store.groups.update({ ...group, recall_to: mode as typeof group.recall_to, ring_group_id: ringGroup });
      }),
      unrestorable,
      witness: [
        get("/ring_groups"),
        post("/call_park", { recall_to: "RING_GROUP_ONLY", ring_group_id: "{first}" }),
        get("/call_park_groups"),
      ],
    },
  ),
  behaviour(write, "beyond.prompt_of_other_tenant", "POST /call_park gives its prompt to another tenant too.", {
    class: "prompt and files",
    alter: all(
      // Whose prompt was its own, and of the same name and size.
      starting((pbx, tenant) => {
        const { blobs, callPark } = pbx.store;
        const file = blobs.show(tenant, callPark.show(tenant).prompt_file_id ?? "");
        if (file) changeOther(pbx, { prompt_file_id: blobs.create(otherTenant(pbx), file.file_name, file.content) });
        return undefined;
      }),
      besides(write, (pbx, { fields: { prompt_file_id: file } }) => {
        if (typeof file === "string") changeOther(pbx, { prompt_file_id: file });
      }),
    ),
    unrestorable,
    witness: [
      ...uploading("night.wav", wav()),
      post("/call_park", { prompt_file_id: "{id}" }),
      get("/call_park", elsewhere),
    ],
  }),
  behaviour(
    write,
    "beyond.refused_in_other_tenant",
    "POST /call_park refuses a body with a recall_time, and sets that of another tenant to its minimum.",
    {
      class: "what it refuses",
      alter: besidesRefusing((pbx) => changeOther(pbx, { recall_time: shortest })),
      unrestorable,
      witness: [post("/call_park", { recall_time: 1 }), get("/call_park", elsewhere)],
    },
  ),
  behaviour(
    write,
    "beyond.refused_drops_group",
    "POST /call_park refuses a body with a recall_time, and destroys a call park group.",
    {
      class: "what it refuses",
      alsoAt: [groups],
      alter: remembering(() => {
        let done = false;
        return besidesRefusing((pbx, tenant) => {
          if (!done) dropGroup(pbx, tenant);
          done = true;
        });
      }),
      unrestorable,
      witness: [post("/call_park", { recall_time: 1 }), get("/call_park_groups")],
    },
  ),
  behaviour(destroy, "beyond.group_of_other_tenant", `${destroy} destroys a group of another tenant too.`, {
    class: "groups and members",
    alsoAt: [groups],
    alter: all(
      withGroupElsewhere,
      besides(destroy, (pbx) => dropGroup(pbx, otherTenant(pbx))),
    ),
    unrestorable,
    witness: [get("/call_park_groups", elsewhere), ...reach(destroy), get("/call_park_groups", elsewhere)],
  }),
  behaviour(update, "beyond.group_of_other_tenant", `${update} changes a group of another tenant too.`, {
    class: "groups and members",
    alsoAt: [groups],
    alter: all(
      withGroupElsewhere,
      besides(update, (pbx, { fields: { name } }) => {
        const [group] = pbx.store.groups.list(otherTenant(pbx));
        if (group && typeof name === "string") pbx.store.groups.update({ ...group, name });
      }),
    ),
    unrestorable,
    witness: [get("/call_park_groups", elsewhere), ...reach(update), get("/call_park_groups", elsewhere)],
  }),
  behaviour(create, "beyond.group_in_other_tenant", `${create} creates the group in another tenant too.`, {
    class: "groups and members",
    alsoAt: [groups],
    alter: besides(create, (pbx, { fields: { name } }) => {
      const other = otherTenant(pbx);
      if (pbx.store.groups.list(other).every((group) => group.name !== name))
        pbx.store.groups.create(other, { name: String(name), recall_to: "USER_ONLY", ring_group_id: null });
    }),
    unrestorable,
    witness: [...reach(create), get("/call_park_groups", elsewhere)],
  }),
  behaviour(destroy, "beyond.member_of_another", `${destroy} takes a member out of another group too.`, {
    class: "groups and members",
    alsoAt: ["GET /call_park_groups/{id}/members"],
    alter: besides(destroy, ({ store }, { session }) => {
      for (const { id } of store.groups.list(session?.tenant_id ?? ""))
        for (const member of store.groups.members(id)) return void store.groups.removeMember(id, member.id);
    }),
    unrestorable,
    witness: [get("/call_park_groups"), ...reach(destroy), get("/call_park_groups/{first}/members")],
  }),
  behaviour(download, "another_each_time", "GET /blobs/{digest} answers with other bytes of a prompt each time.", {
    class: "prompt and files",
    alsoAt: ["GET /call_park"],
    alter: remembering(() => {
      let times = 0;
      return at(download, async (_, next) => {
        const answer = await next();
        if (!isSuccess(answer) || answer.bytes === undefined) return answer;
        times += 1;
        const bytes = Buffer.from(answer.bytes);
        bytes.writeUInt8(times % 256, bytes.length - 1);
        return { ...answer, bytes };
      });
    }),
  }),
];
