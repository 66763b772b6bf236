import type { components } from "@callpark/types";
import type { Database } from "./database.ts";

/** What kind of thing has a number. */
export type NumberType = components["schemas"]["ExtensionNumber"]["type"];

export interface NumberRow {
  id: string;
  extension_number: string;
  type: NumberType;
  name: string;
  display_name: string | null;
}

/** Extensions, ring groups and whatever else has a number in a tenant. */
export interface Numbers {
  ofType(tenantId: string, type: NumberType): NumberRow[];
  byNumber(tenantId: string, number: string): NumberRow | undefined;
  show(tenantId: string, type: NumberType, id: string): NumberRow | undefined;
  create(tenantId: string, number: NumberRow): void;
}

const columns = "id, extension_number, type, name, display_name";

export const createNumbers = (database: Database): Numbers => {
  const ofType = database.all<NumberRow>(
    `SELECT ${columns} FROM numbers WHERE tenant_id = ? AND type = ? ORDER BY extension_number`,
  );
  const byNumber = database.one<NumberRow>(
    `SELECT ${columns} FROM numbers WHERE tenant_id = ? AND extension_number = ?`,
  );
  const show = database.one<NumberRow>(`SELECT ${columns} FROM numbers WHERE tenant_id = ? AND type = ? AND id = ?`);
  const insert = database.run("INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?)");
  return {
    ofType,
    byNumber,
    show,
    create: (tenantId, { id, extension_number, type, name, display_name }) => {
      insert(id, tenantId, extension_number, type, name, display_name);
    },
  };
};
