import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import type { VerifyOptions } from "@callpark/contract";
import { systemCode } from "./options/file.ts";

/** Puts another secret into the file that the old one came from: whole or not at all, and for the same readers. */
const rewriteSecretFile = async (path: string, secret: string): Promise<void> => {
  let draft: string | undefined;
  try {
    // Behind a link, it is the file that is written anew, not the link.
    const real = await realpath(path);
    const { mode } = await stat(real);
    draft = `${real}.${process.pid}.${randomUUID()}.tmp`;
    const file = await open(draft, "wx", mode & 0o700);
    try {
      await file.chmod(mode & 0o777);
      await file.writeFile(`${secret}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, real);
  } catch (error) {
    if (draft !== undefined) await rm(draft, { force: true });
    throw new Error(
      `its file cannot be written (${systemCode(error)}), and the one in it no longer works: sign in again`,
    );
  }
};

/** Keeps a refresh token that the PBX changed in the file that the old one came from. */
export const keepIn =
  (path: string): NonNullable<VerifyOptions["onTokens"]> =>
  async ({ refresh }) => {
    if (refresh !== undefined) await rewriteSecretFile(path, refresh);
  };
