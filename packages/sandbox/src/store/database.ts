import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { SandboxDataError, SandboxNodeError } from "../errors.ts";
import { forgetHolder, holderOf, nameHolder } from "./holder.ts";
import { application, layout, tables } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** The few ways in which the store speaks SQL: prepared once, values always bound. */
export interface Database {
  one<Row>(sql: string): (...values: SQLInputValue[]) => Row | undefined;
  all<Row>(sql: string): (...values: SQLInputValue[]) => Row[];
  /** Answers with how many rows changed. */
  run(sql: string): (...values: SQLInputValue[]) => number;
  /** What is true as long as nobody writes it anew: it forgets everything when a transaction is undone. */
  cache<Value>(): Cache<Value>;
  /** One and the same text for all that are equal, so that those of many tenants are close at hand. */
  shared<Text extends string>(text: Text): Text;
  /** Several statements without values. */
  runAll(sql: string): void;
  /** All of it or nothing. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** Of values by a text, most of them read again and again. */
export interface Cache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
}

/** So many values are remembered before all are forgotten. */
const roomy = 50_000;

const IN_MEMORY = ":memory:";

/** What SQLite calls a file that another connection keeps to itself. */
const BUSY = 5;

/** `file` may be `:memory:`. */
export const openDatabase = (file: string): Database => {
  const sqlite = open(file);
  const [begin, commit, undo] = [
    sqlite.prepare("BEGIN IMMEDIATE"),
    sqlite.prepare("COMMIT"),
    sqlite.prepare("ROLLBACK"),
  ];
  const caches: { clear(): void }[] = [];
  const forget = () => {
    for (const cache of caches) cache.clear();
  };
  const texts = new Map<string, string>();
  return {
    shared: <Text extends string>(text: Text): Text => {
      const one = texts.get(text);
      if (one !== undefined) return one as Text;
      if (texts.size >= roomy) texts.clear();
      texts.set(text, text);
      return text;
    },
    cache: <Value>(): Cache<Value> => {
      const values = new Map<string, Value>();
      caches.push(values);
      return {
        get: (key) => values.get(key),
        set: (key, value) => {
          if (values.size >= roomy) values.clear();
          values.set(key, value);
        },
        delete: (key) => void values.delete(key),
        clear: () => values.clear(),
      };
    },
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
    runAll: (sql) => {
      sqlite.exec(sql);
      forget();
    },
    transaction: (work) => {
      begin.run();
      try {
        const result = work();
        commit.run();
        return result;
      } catch (error) {
        undo.run();
        forget();
        throw error;
      }
    },
    close: () => {
      if (file !== IN_MEMORY) forgetHolder(file);
      sqlite.close();
    },
  };
};

const open = (file: string): DatabaseSync => {
  let sqlite: DatabaseSync | undefined;
  try {
    sqlite = openSqlite(file);
    // Two sandboxes on one file would each remember what the other has changed. The lock ends with the process.
    sqlite.exec("PRAGMA locking_mode = EXCLUSIVE");
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
    if (file !== IN_MEMORY) nameHolder(file);
    return sqlite;
  } catch (error) {
    sqlite?.close();
    if (error instanceof SandboxDataError || error instanceof SandboxNodeError) throw error;
    if (error instanceof Error && "errcode" in error && error.errcode === BUSY)
      throw new SandboxDataError(file, `is in use by ${holderOf(file)}: end that one, or name another file`, error);
    const why = error instanceof Error ? error.message : String(error);
    throw new SandboxDataError(file, `cannot be used (${why}): name a file of the sandbox, or a new one`, error);
  }
};
