import type { RecallTo } from "@callpark/types";
import type { Database } from "./database.ts";
import { makeId } from "./secrets.ts";

export interface GroupRow {
  id: string;
  name: string;
  recall_to: RecallTo;
  ring_group_id: string | null;
}

interface MemberRow {
  id: string;
  name: string;
  display_name: string | null;
  extension_number: string;
}

export interface Groups {
  list(tenantId: string): GroupRow[];
  show(tenantId: string, id: string): GroupRow | undefined;
  byName(tenantId: string, name: string): GroupRow | undefined;
  create(tenantId: string, group: Omit<GroupRow, "id">): string;
  update(group: GroupRow): void;
  remove(id: string): void;
  members(id: string): MemberRow[];
  /** The group that an extension is in. */
  ofMember(numberId: string): string | undefined;
  addMember(id: string, numberId: string): void;
  /** False where it was no member. */
  removeMember(id: string, numberId: string): boolean;
}

export const createGroups = (database: Database): Groups => {
  const columns = "id, name, recall_to, ring_group_id";
  const list = database.all<GroupRow>(`SELECT ${columns} FROM call_park_groups WHERE tenant_id = ? ORDER BY rowid`);
  const show = database.one<GroupRow>(`SELECT ${columns} FROM call_park_groups WHERE tenant_id = ? AND id = ?`);
  const byName = database.one<GroupRow>(`SELECT ${columns} FROM call_park_groups WHERE tenant_id = ? AND name = ?`);
  const insert = database.run("INSERT INTO call_park_groups VALUES (?, ?, ?, ?, ?)");
  const update = database.run("UPDATE call_park_groups SET name = ?, recall_to = ?, ring_group_id = ? WHERE id = ?");
  const remove = database.run("DELETE FROM call_park_groups WHERE id = ?");
  const members = database.all<MemberRow>(
    `SELECT id, name, display_name, extension_number FROM call_park_group_members JOIN numbers ON id = number_id
     WHERE group_id = ? ORDER BY extension_number`,
  );
  const ofMember = database.one<{ group_id: string }>(
    "SELECT group_id FROM call_park_group_members WHERE number_id = ?",
  );
  const insertMember = database.run("INSERT INTO call_park_group_members VALUES (?, ?)");
  const removeMember = database.run("DELETE FROM call_park_group_members WHERE group_id = ? AND number_id = ?");
  return {
    list,
    show,
    byName,
    create: (tenantId, { name, recall_to, ring_group_id }) => {
      const id = makeId();
      insert(id, tenantId, name, recall_to, ring_group_id);
      return id;
    },
    update: ({ id, name, recall_to, ring_group_id }) => {
      update(name, recall_to, ring_group_id, id);
    },
    remove: (id) => {
      remove(id);
    },
    members,
    ofMember: (numberId) => ofMember(numberId)?.group_id,
    addMember: (id, numberId) => {
      insertMember(numberId, id);
    },
    removeMember: (id, numberId) => removeMember(id, numberId) > 0,
  };
};
