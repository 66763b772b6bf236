import type { Database } from "./database.ts";
import { makeId, makeToken } from "./secrets.ts";

export interface UploadRow {
  id: string;
  file_name: string;
  /** The newest: each part that arrives brings another. */
  token: string;
  /** Bytes that have arrived. */
  size: number;
}

export interface Uploads {
  create(tenantId: string, fileName: string): UploadRow;
  /** Undefined where there is none, or none any more. */
  show(tenantId: string, id: string): UploadRow | undefined;
  append(upload: UploadRow, bytes: Uint8Array): UploadRow;
  /** Bytes of all uploads of a tenant that are not complete. */
  bytesOf(tenantId: string): number;
  content(id: string): Buffer;
  remove(id: string): void;
}

/** An upload that nothing has been sent to for so long is gone: an hour, in milliseconds. */
const patience = 3_600_000;

/** So many of a tenant go on at once: the oldest makes room. */
const mostUploads = 64;

export const createUploads = (database: Database, now: () => number): Uploads => {
  const insert = database.run("INSERT INTO uploads VALUES (?, ?, ?, ?, 0, ?)");
  const show = database.one<UploadRow>(
    "SELECT id, file_name, token, size FROM uploads WHERE tenant_id = ? AND id = ? AND ends > ?",
  );
  const grow = database.run("UPDATE uploads SET size = ?, token = ?, ends = ? WHERE id = ?");
  const insertPart = database.run("INSERT INTO upload_parts VALUES (?, ?, ?)");
  const parts = database.all<{ content: Uint8Array }>(
    "SELECT content FROM upload_parts WHERE upload_id = ? ORDER BY start",
  );
  const remove = database.run("DELETE FROM uploads WHERE id = ?");
  const removeEnded = database.run("DELETE FROM uploads WHERE ends <= ?");

  const removeOldest = database.run(
    `DELETE FROM uploads WHERE tenant_id = ?1
     AND rowid <= (SELECT rowid FROM uploads WHERE tenant_id = ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2)`,
  );
  const sum = database.one<{ bytes: number }>(
    "SELECT coalesce(sum(size), 0) AS bytes FROM uploads WHERE tenant_id = ?",
  );

  return {
    bytesOf: (tenantId) => sum(tenantId)?.bytes ?? 0,
    create: (tenantId, fileName) => {
      removeEnded(now());
      removeOldest(tenantId, mostUploads - 1);
      const upload = { id: makeId(), file_name: fileName, token: makeToken(), size: 0 };
      insert(upload.id, tenantId, upload.token, fileName, now() + patience);
      return upload;
    },
    show: (tenantId, id) => show(tenantId, id, now()),
    append: (upload, bytes) => {
      const size = upload.size + bytes.length;
      const token = makeToken();
      if (bytes.length > 0) insertPart(upload.id, upload.size, bytes);
      grow(size, token, now() + patience, upload.id);
      return { ...upload, token, size };
    },
    content: (id) => Buffer.concat(parts(id).map(({ content }) => content)),
    remove: (id) => {
      remove(id);
    },
  };
};
