import type { DatabaseSync } from "node:sqlite";

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
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
};

export const openSqlite = (file: string): DatabaseSync => {
  const { DatabaseSync } = load();
  return new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 2000 });
};
