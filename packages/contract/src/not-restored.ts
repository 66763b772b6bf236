import { messageOf } from "./message-of.ts";
import type { RestoreResult } from "./report.ts";

/** An error, its `cause`, ended the run, and what the run had changed could not be put back: the PBX is not as it was. */
export class NotRestoredError extends Error {
  override readonly name = "NotRestoredError";
  readonly #restore: RestoreResult;
  readonly #requests: number;

  constructor(cause: unknown, restore: RestoreResult, of: { journal: string | undefined; requests: number }) {
    const { detail, command, curl } = restore;
    const ways = { "To put it back": command, "To put it back by hand": curl, "The journal is kept": of.journal };
    const lines = Object.entries(ways).flatMap(([title, text]) => (text === undefined ? [] : [`${title}:\n  ${text}`]));
    const head = `The PBX was not restored: ${detail} The run was ended by an error (${messageOf(cause)})`;
    super([head, ...lines].join("\n"), { cause });
    this.#restore = restore;
    this.#requests = of.requests;
  }

  /** What was there, is there now, and how to go on, as a report has it. */
  get restore(): RestoreResult {
    return this.#restore;
  }

  /** How many requests the run had sent. */
  get requests(): number {
    return this.#requests;
  }
}
