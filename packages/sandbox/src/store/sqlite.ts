import { createRequire } from "node:module";
import type { DatabaseSync } from "node:sqlite";
import { SandboxNodeError } from "../errors.ts";

type Sqlite = typeof import("node:sqlite");

/**
 * Loads node:sqlite without the warning that older Nodes print for it. Every
 * other warning passes as ever.
 */
const load = (): Sqlite => {
  const emitWarning = process.emitWarning;
  process.emitWarning = ((...args: unknown[]) => {
    if (!String(args[0]).startsWith("SQLite is an experimental feature")) Reflect.apply(emitWarning, process, args);
  }) as typeof emitWarning;
  try {
    // An older Node has no node:sqlite, and one older still no way to ask for it.
    const sqlite: Sqlite | undefined = process.getBuiltinModule?.("node:sqlite");
    if (!sqlite) throw new SandboxNodeError(neededNode(), process.versions.node);
    return sqlite;
  } finally {
    process.emitWarning = emitWarning;
  }
};

const neededNode = (): string => createRequire(import.meta.url)("../../package.json").engines.node;

export const openSqlite = (file: string): DatabaseSync => {
  const { DatabaseSync } = load();
  return new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 2000 });
};
