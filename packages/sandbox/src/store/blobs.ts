import type { Database } from "./database.ts";
import { makeId, makeToken } from "./secrets.ts";

interface BlobRow {
  id: string;
  /** The last part of its URL: opaque, looked up and never joined to a path. */
  key: string;
  file_name: string;
  content: Uint8Array;
}

/** A file without its bytes. */
interface BlobInfo {
  key: string;
  file_name: string;
  size: number;
}

export interface Blobs {
  create(tenantId: string, fileName: string, content: Uint8Array): string;
  show(tenantId: string, id: string): BlobRow | undefined;
  info(id: string): BlobInfo | undefined;
  byKey(key: string): BlobRow | undefined;
}

/** What a tenant may keep besides its prompt, of files and of bytes: the oldest makes room. The sandbox's own. */
const mostFiles = 64;
const mostBytes = 256 * 1024 * 1024;

export const createBlobs = (database: Database): Blobs => {
  const insert = database.run("INSERT INTO blobs VALUES (?, ?, ?, ?, ?)");
  const show = database.one<BlobRow>("SELECT id, key, file_name, content FROM blobs WHERE tenant_id = ? AND id = ?");
  const info = database.one<BlobInfo>("SELECT key, file_name, length(content) AS size FROM blobs WHERE id = ?");
  const unused = database.all<{ id: string; size: number }>(
    `SELECT id, length(content) AS size FROM blobs WHERE tenant_id = ?1
     AND id NOT IN (SELECT prompt_file_id FROM call_park WHERE tenant_id = ?1 AND prompt_file_id IS NOT NULL)
     ORDER BY rowid DESC`,
  );
  const remove = database.run("DELETE FROM blobs WHERE id = ?");
  const makeRoom = (tenantId: string) => {
    let bytes = 0;
    for (const [index, { id, size }] of unused(tenantId).entries()) {
      bytes += size;
      if (index < mostFiles && bytes <= mostBytes) continue;
      known.delete(id);
      remove(id);
    }
  };
  const known = database.cache<BlobInfo>();
  const byKey = database.one<BlobRow>("SELECT id, key, file_name, content FROM blobs WHERE key = ?");
  return {
    create: (tenantId, fileName, content) => {
      const id = makeId();
      insert(id, tenantId, makeToken(), fileName, content);
      makeRoom(tenantId);
      return id;
    },
    show,
    info: (id) => {
      const remembered = known.get(id);
      if (remembered) return remembered;
      const found = info(id);
      if (found) known.set(id, found);
      return found;
    },
    byKey,
  };
};
