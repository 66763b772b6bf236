import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { SandboxDataError, SandboxNodeError } from "../errors.ts";
import { application, layout, tables } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** The few ways in which the store speaks SQL: prepared once, values always bound. */
export interface Database {
  one<Row>(sql: string): (...values: SQLInputValue[]) => Row | undefined;
  all<Row>(sql: string): (...values: SQLInputValue[]) => Row[];
  /** Answers with how many rows changed. */
  run(sql: string): (...values: SQLInputValue[]) => number;
  /** Several statements without values. */
  runAll(sql: string): void;
  /** All of it or nothing. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** `file` may be `:memory:`. */
export const openDatabase = (file: string): Database => {
  const sqlite = open(file);
  return {
    one: <Row>(sql: string) => {
      const statement = sqlite.prepare(sql);
      return (...values) => statement.get(...values) as Row | undefined;
    },
    all: <Row>(sql: string) => {
      const statement = sqlite.prepare(sql);
      return (...values) => statement.all(...values) as Row[];
    },
    run: (sql) => {
      const statement = sqlite.prepare(sql);
      return (...values) => Number(statement.run(...values).changes);
    },
    runAll: (sql) => sqlite.exec(sql),
    transaction: (work) => {
      sqlite.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        sqlite.exec("COMMIT");
        return result;
      } catch (error) {
        sqlite.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => sqlite.close(),
  };
};

const open = (file: string): DatabaseSync => {
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = openSqlite(file);
    const read = (sql: string) => Number(Object.values(sqlite?.prepare(sql).get() ?? {})[0]);
    const isNew = read("SELECT count(*) FROM sqlite_schema") === 0;
    const found = read("PRAGMA user_version");
    // Before the first write: a file that is not ours is left as it is.
    if (!isNew && read("PRAGMA application_id") !== application)
      throw new SandboxDataError(file, "is a database of something else: name a file of the sandbox, or a new one");
    if (!isNew && found !== layout)
      throw new SandboxDataError(file, `has layout ${found}, not ${layout}: use a new file`);
    // What was answered with 2xx is on disk, whatever ends the process.
    sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    const marks = `PRAGMA application_id = ${application}; PRAGMA user_version = ${layout}`;
    if (isNew) sqlite.exec(`BEGIN; ${tables}; ${marks}; COMMIT`);
    return sqlite;
  } catch (error) {
    sqlite?.close();
    if (error instanceof SandboxDataError || error instanceof SandboxNodeError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SandboxDataError(file, `cannot be used (${why}): name a file of the sandbox, or a new one`, error);
  }
};
