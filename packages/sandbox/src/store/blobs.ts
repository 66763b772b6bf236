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

export const createBlobs = (database: Database): Blobs => {
  const insert = database.run("INSERT INTO blobs VALUES (?, ?, ?, ?, ?)");
  const show = database.one<BlobRow>("SELECT id, key, file_name, content FROM blobs WHERE tenant_id = ? AND id = ?");
  const info = database.one<BlobInfo>("SELECT key, file_name, length(content) AS size FROM blobs WHERE id = ?");
  const known = database.cache<BlobInfo>();
  const byKey = database.one<BlobRow>("SELECT id, key, file_name, content FROM blobs WHERE key = ?");
  return {
    create: (tenantId, fileName, content) => {
      const id = makeId();
      insert(id, tenantId, makeToken(), fileName, content);
      return id;
    },
    show,
    info: (id) => {
      const found = known.get(id) ?? info(id);
      if (found) known.set(id, found);
      return found;
    },
    byKey,
  };
};
