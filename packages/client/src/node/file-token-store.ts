import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { ConfigurationError } from "../errors/configuration-error.ts";
import type { TokenStore, Tokens } from "../session.ts";
import { type LockOptions, withLock } from "./lock-file.ts";

/** Tokens in a file, which processes may share. */
export interface FileTokenStore extends TokenStore {
  read(): Promise<Tokens | undefined>;
  write(tokens: Tokens): Promise<void>;
  lock<Value>(run: () => Promise<Value>): Promise<Value>;
}

/**
 * Keeps a session's tokens in a file that only its owner can read. Written whole or not at all; two processes that
 * renew at once take turns, and the second finds the first one's tokens.
 *
 * @example
 * const tokens = fileTokenStore(join(homedir(), ".config/callpark/tokens.json"));
 * const signedIn = await unwrap(pbx.auth.signIn({ username, password }));
 * if (!signedIn.two_factor_enabled) await tokens.write(signedIn);
 * const session = createSession({ baseUrl, tokens });
 */
export const fileTokenStore = (path: string, options: LockOptions = {}): FileTokenStore => ({
  read: () => read(path),
  write: (tokens) => write(path, tokens),
  lock: async (run) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return withLock(`${path}.lock`, run, options);
  },
});

const read = async (path: string): Promise<Tokens | undefined> => {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const { mode } = await file.stat();
    // Windows knows no such bits.
    if (process.platform !== "win32" && (mode & 0o077) !== 0)
      throw new ConfigurationError(
        `The tokens in ${path} can be read by others (mode ${(mode & 0o777).toString(8)}): run chmod 600 on it, and ` +
          "sign in again if anyone else may have seen them",
      );
    return parse(await file.readFile("utf8"), path);
  } finally {
    await file.close();
  }
};

const parse = (text: string, path: string): Tokens => {
  // The parser's own error quotes what it read.
  const refuse = () => new ConfigurationError(`There are no tokens in ${path}: delete it and sign in again`);
  let tokens: Partial<Tokens> | null;
  try {
    tokens = JSON.parse(text);
  } catch {
    throw refuse();
  }
  const { access_token, refresh_token, expires_in } = tokens ?? {};
  if (typeof access_token !== "string" || typeof refresh_token !== "string" || typeof expires_in !== "number")
    throw refuse();
  return { access_token, refresh_token, expires_in };
};

const write = async (path: string, { access_token, refresh_token, expires_in }: Tokens): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ access_token, refresh_token, expires_in })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // So that the new name outlives a power cut as well. Windows cannot open a folder.
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
};
