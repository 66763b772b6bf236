import type { RecallTo } from "@callpark/types";
import type { Database } from "./database.ts";

/** What a tenant has set, of all version lines. */
export interface CallParkSettings {
  enabled: boolean;
  extension_number: string | null;
  recall_to: RecallTo;
  recall_time: number;
  recall_ring_group_time: number;
  ring_group_id: string | null;
  prompt_file_id: string | null;
  send_notification_to_parker: boolean;
}

export interface CallParkStore {
  show(tenantId: string): Readonly<CallParkSettings>;
  save(tenantId: string, settings: CallParkSettings): void;
}

type Row = Omit<CallParkSettings, "enabled" | "send_notification_to_parker"> & {
  enabled: number;
  send_notification_to_parker: number;
};

export const createCallPark = (database: Database): CallParkStore => {
  const show = database.one<Row>("SELECT * FROM call_park WHERE tenant_id = ?");
  const save = database.run("INSERT OR REPLACE INTO call_park VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const known = database.cache<CallParkSettings>();
  const { shared } = database;
  const read = (tenantId: string): CallParkSettings => {
    const row = show(tenantId);
    if (!row) throw new Error(`Tenant ${tenantId} has no call park settings`);
    const settings = Object.freeze({
      enabled: row.enabled === 1,
      extension_number: row.extension_number === null ? null : shared(row.extension_number),
      recall_to: shared(row.recall_to),
      recall_time: row.recall_time,
      recall_ring_group_time: row.recall_ring_group_time,
      ring_group_id: row.ring_group_id,
      prompt_file_id: row.prompt_file_id,
      send_notification_to_parker: row.send_notification_to_parker === 1,
    });
    known.set(shared(tenantId), settings);
    return settings;
  };
  return {
    show: (tenantId) => known.get(tenantId) ?? read(tenantId),
    save: (tenantId, settings) => {
      known.delete(tenantId);
      save(
        tenantId,
        Number(settings.enabled),
        settings.extension_number,
        settings.recall_to,
        settings.recall_time,
        settings.recall_ring_group_time,
        settings.ring_group_id,
        settings.prompt_file_id,
        Number(settings.send_notification_to_parker),
      );
    },
  };
};
