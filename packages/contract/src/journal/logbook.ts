import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CallParkError } from "@callpark/client";
import { acquireLock, type Lock } from "@callpark/client/node";
import type { WriteLevel } from "../report.ts";
import { ConfigurationError } from "../target.ts";
import { archive, clearLitter } from "./archive.ts";
import { writeDurably } from "./durable-file.ts";
import type { Journal, Tenant } from "./journal.ts";
import { journalName, readJournal, writeJournal } from "./journal-file.ts";
import { folderOf, foldersOf, lockName } from "./state-folder.ts";
import { type Turn, takeTurn } from "./turn.ts";
import {
  describeRun,
  elsewhereMessage,
  findDamaged,
  findElsewhere,
  findUnfinished,
  isOver,
  type Unfinished,
} from "./unfinished.ts";

/** The journal with no secret in it. */
type Hide = (journal: Journal) => Journal;

/** Which PBX's tenant a run writes to, and how far. */
export interface Writer {
  url: string;
  tenant: Tenant;
  write: WriteLevel;
  stateDir: string;
  hide: Hide;
  /** What finishes this run, or an earlier one. */
  restoreCommand: string;
  /** With which one on the same PBX by another name is finished. */
  restoreOptions: string | undefined;
  /** Until when a run on the same tenant by another name is waited for; without it the run is refused. */
  until?: AbortSignal | undefined;
  /** Called when the logbook is given back. */
  onClose?: () => Promise<void>;
}

/** What a journal begins with. */
export type Beginning = Pick<Journal, "before" | "restless"> & { prompt?: { bytes: Uint8Array; name: string } };

/** Keeps the journal of one run, and everybody else from writing to the same tenant meanwhile. */
export class Logbook implements AsyncDisposable {
  readonly runId: string;
  readonly #folder: string;
  readonly #hide: Hide;
  readonly #lock: Lock;
  /** Undefined where the PBX does not tell the tenant's id. */
  readonly #turn: Turn | undefined;
  readonly #writer: Writer | undefined;
  #journal: Journal | undefined;
  /** One after the other: each is made from the one before. */
  #updates: Promise<void> = Promise.resolve();

  private constructor(
    folder: string,
    { lock, turn }: { lock: Lock; turn: Turn | undefined },
    hide: Hide,
    of: { runId: string; writer?: Writer; journal?: Journal },
  ) {
    this.#folder = folder;
    this.#lock = lock;
    this.#turn = turn;
    this.#hide = hide;
    this.runId = of.runId;
    this.#writer = of.writer;
    this.#journal = of.journal;
  }

  /**
   * For a new run.
   *
   * @throws ConfigurationError where another run is at work, or has not put back what it changed.
   */
  static async open(writer: Writer): Promise<Logbook> {
    const folder = folderOf(writer.stateDir, writer.url, writer.tenant);
    const runId = randomBytes(4).toString("hex");
    const run = `run ${runId} of callpark, begun ${new Date().toISOString()}`;
    const lock = await locked(folder, run);
    let turn: Turn | undefined;
    try {
      const { stateDir, tenant, url, until } = writer;
      turn = await keeping(folder, () => takeTurn(stateDir, tenant, { purpose: `${run}, on ${url}`, until }));
      await refuseUnfinished(folder, writer);
      await clearLitter(folder);
      return new Logbook(folder, { lock, turn }, writer.hide, { runId, writer });
    } catch (error) {
      await turn?.release();
      await lock.release();
      throw error;
    }
  }

  /**
   * For a run that was begun before: undefined where there is nothing to finish any more.
   *
   * @throws ConfigurationError where another run is at work, or the journal is damaged.
   */
  static async reopen(folder: string, hide: Hide): Promise<Logbook | undefined> {
    const purpose = "callpark restore";
    const lock = await locked(folder, purpose);
    try {
      const journal = await readJournal(join(folder, journalName));
      if (journal !== undefined && !isOver(journal)) {
        const turn = await takeTurn(dirname(folder), journal.tenant, { purpose: `${purpose}, on ${journal.url}` });
        return new Logbook(folder, { lock, turn }, hide, { runId: journal.runId, journal });
      }
      await clearLitter(folder);
    } catch (error) {
      await lock.release();
      throw error;
    }
    await lock.release();
    return undefined;
  }

  /** Was another run at work on the tenant, or on one of the same id, when this one came? */
  get isLate(): boolean {
    return this.#turn?.isLate === true;
  }

  get path(): string {
    return join(this.#folder, journalName);
  }

  /** The journal as it is on disk; undefined before it is begun. */
  get journal(): Journal | undefined {
    return this.#journal;
  }

  /**
   * Puts on disk what was there, before anything is sent.
   *
   * @throws JournalError where that cannot be done.
   */
  async begin({ before, restless, prompt }: Beginning): Promise<void> {
    if (this.#writer === undefined) throw new Error("This journal was begun before");
    const { url, tenant, write, restoreCommand: command } = this.#writer;
    const file = `prompt-${this.runId}.bin`;
    const journal: Journal = {
      runId: this.runId,
      url,
      tenant,
      startedAt: new Date().toISOString(),
      write,
      command,
      phase: "prepared",
      before,
      seen: before,
      restless,
      leavesBlanksOut: false,
      leftOut: [],
      uploads: [],
      groups: [],
      groupNames: [],
      otherGroups: [],
      ...(prompt && { prompt: { file, name: prompt.name, size: prompt.bytes.length, sha256: sha256(prompt.bytes) } }),
    };
    await keeping(this.path, async () => {
      if (prompt) await writeDurably(join(this.#folder, file), prompt.bytes);
      await this.#write(journal);
    });
  }

  /** @throws JournalError where it cannot be written; the one on disk is then still the one before. */
  update(change: Partial<Journal>): Promise<void> {
    const updated = this.#updates.then(async () => {
      const { journal } = this;
      if (journal === undefined) throw new Error("The journal was not begun");
      await keeping(this.path, () => this.#write({ ...journal, ...change }));
    });
    this.#updates = updated.catch(() => undefined);
    return updated;
  }

  async #write(journal: Journal): Promise<void> {
    const written = this.#hide(journal);
    await writeJournal(this.path, written);
    this.#journal = written;
  }

  /**
   * The prompt's bytes, as they were kept.
   *
   * @throws ConfigurationError where they are not what they were.
   */
  async prompt(): Promise<Uint8Array | undefined> {
    const kept = this.#journal?.prompt;
    if (kept === undefined) return undefined;
    const path = join(this.#folder, kept.file);
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined || sha256(bytes) !== kept.sha256)
      throw new ConfigurationError(
        `The copy of the prompt ${path} is missing or damaged. The journal ${this.path} is kept: put the PBX's call park settings and its prompt right by hand, and move it away`,
      );
    return bytes;
  }

  /**
   * The run is over: its journal is put away. Answers with where the prompt's bytes are, which are kept where they may be
   * nowhere else any more.
   */
  async close(keepPrompt = false): Promise<string | undefined> {
    const file = keepPrompt ? this.#journal?.prompt?.file : undefined;
    const kept = await keeping(this.path, () => archive(this.#folder, this.runId, file));
    this.#journal = undefined;
    return kept;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Begun, and nothing sent: there is nothing to keep.
    if (this.#journal?.phase === "prepared") await clearLitter(this.#folder).catch(() => undefined);
    for (const lock of [this.#turn, this.#lock]) await lock?.release().catch(() => undefined);
    await this.#writer?.onClose?.().catch(() => undefined);
  }
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const locked = async (folder: string, purpose: string): Promise<Lock> => {
  try {
    return await keeping(folder, async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return acquireLock(join(folder, lockName), { wait: 0, purpose });
    });
  } catch (error) {
    throw error instanceof CallParkError
      ? new ConfigurationError(`Another run writes to this tenant: ${error.message}`)
      : error;
  }
};

const refuseUnfinished = async (folder: string, writer: Writer): Promise<void> => {
  const { url, tenant, stateDir, restoreCommand, restoreOptions } = writer;
  // By its own folders first: what is there is this tenant's, whatever it says, and must be readable.
  const paths = [folder, ...foldersOf(stateDir, url, tenant)].map((one) => join(one, journalName));
  const own = await Promise.all(paths.map(async (path) => ({ path, journal: await readJournal(path) })));
  const earlier = own.find(isUnfinished) ?? (await findUnfinished(stateDir, url, tenant));
  if (earlier !== undefined)
    throw new ConfigurationError(
      `An earlier run has not put back what it changed (${describeRun(earlier.journal)}), so nothing is written. First finish it:\n  ${restoreCommand}`,
    );
  const elsewhere = await findElsewhere(stateDir, url, tenant);
  if (elsewhere !== undefined) throw new ConfigurationError(elsewhereMessage(elsewhere, restoreOptions));
  // What cannot be read may be of this very PBX, too.
  const damaged = await findDamaged(stateDir, url, tenant);
  if (damaged !== undefined) throw new ConfigurationError(damaged.message);
};

const isUnfinished = (one: { path: string; journal: Journal | undefined }): one is Unfinished =>
  one.journal !== undefined && !isOver(one.journal);

/** What was there could not be written down, so nothing may be written to the PBX. */
export class JournalError extends ConfigurationError {}

/** What the system answers where a file cannot be written, as what a user can do about it. */
const keeping = async <Value>(path: string, work: () => Promise<Value>): Promise<Value> => {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new JournalError(
      `What would have to be put back could not be written down, so nothing is written to the PBX: ${path} (${code}). Make room, or name another folder with XDG_STATE_HOME`,
    );
  }
};
