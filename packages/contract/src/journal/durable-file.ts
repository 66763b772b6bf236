import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file whole or not at all, so that it outlives a power cut; only its owner may read it. */
export const writeDurably = async (path: string, content: string | Uint8Array): Promise<void> => {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
};

/** Makes the names in a folder outlive a power cut, where the system can: Windows opens no folder. */
export const syncFolder = async (folder: string): Promise<void> => {
  try {
    const handle = await open(folder);
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (process.platform !== "win32" && !["EINVAL", "ENOTSUP", "EISDIR"].includes(code)) throw error;
  }
};
