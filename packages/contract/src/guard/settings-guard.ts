import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "../message-of.ts";
import type { RestoreResult } from "../report.ts";
import type { Session } from "../session.ts";
import { ConfigurationError } from "../target.ts";
import type { Exchange, WireRequest } from "../wire.ts";
import { curlThatWrites } from "./by-hand.ts";
import { OwnBody } from "./own-body.ts";
import { patiently, settled } from "./patience.ts";
import { uploadPrompt } from "./prompt.ts";
import { path, readPrompt, readSettings } from "./readings.ts";
import { concernsPrompt, differences, isDocumented, isLater, notAsSent, type Settings } from "./settings.ts";

export interface Written {
  exchange: Exchange;
  /** The settings right after it. */
  after: Settings;
  /** The PBX said yes before it had done it. */
  late: boolean;
}

class ConflictError extends Error {
  override readonly name = "ConflictError";
}

const mostWaitsInVain = 3;

/**
 * Owns every write to a PBX's call park settings: knows what was there before the first one, sees what each one did, and
 * puts everything back.
 */
export class SettingsGuard {
  /** What was there before the run. */
  readonly before: Settings;
  readonly #own: OwnBody;
  readonly #session: Session;
  readonly #prompt: Uint8Array | undefined;
  /** Fields not documented that change by themselves or with every write, such as the time of the last one. */
  readonly #restless: Set<string>;
  /** Undo steps of checks that made something of their own. */
  readonly #cleanups: (() => Promise<void>)[] = [];
  /** The settings as the run last saw them; undefined while a write's outcome is not known. */
  #seen: Settings | undefined;
  #wrote = false;
  /** A PBX that never shows what was written is not slow, and is waited for no more. */
  #waitsInVain = 0;
  /** Why nothing more may be written: an undo failed, or somebody else is at work. */
  stopped: string | undefined;

  private constructor(session: Session, before: Settings, prompt: Uint8Array | undefined, restless: Set<string>) {
    this.#session = session;
    this.before = before;
    this.#seen = before;
    this.#own = new OwnBody(before);
    this.#prompt = prompt;
    this.#restless = restless;
  }

  /**
   * Reads what is there, and keeps the prompt's bytes. Writes nothing.
   *
   * @throws ConfigurationError where it could not be put back.
   */
  static async begin(session: Session): Promise<SettingsGuard> {
    const before = await readSettings(session);
    const again = await readSettings(session);
    const changing = differences(before, again);
    const known = changing.filter(isDocumented);
    if (known.length > 0)
      throw new ConfigurationError(
        `Somebody is changing the call park settings now (${known.join(", ")} differ between two readings): run again later`,
      );
    // By the newest reading: the prompt's URL may be good for that one only.
    return new SettingsGuard(session, before, await readPrompt(session, again), new Set(changing));
  }

  /** The body that writes everything as it was, with changes. */
  body(changes: Record<string, unknown> = {}): Record<string, unknown> {
    return this.#own.with(changes);
  }

  /** Is the prompt what its name and size say? Else it could not be put back as it was. */
  get knowsPrompt(): boolean {
    const { prompt_file_name: name, prompt_file_size: size } = this.before;
    return this.#prompt === undefined || (name !== "" && typeof name === "string" && size === this.#prompt.length);
  }

  leaveBlanksOut(): void {
    this.#own.leavesBlanksOut = true;
  }

  /** Leaves a field alone from now on: the PBX does not take the value that is there. */
  leaveOut(name: string): void {
    this.#own.leaveOut(name);
  }

  reasonToLeave(names: readonly string[]): string | undefined {
    return this.#own.reasonToLeave(names);
  }

  /** The fields in which two readings differ, but for those that never stand still. */
  differences(one: Settings, other: Settings): string[] {
    return differences(one, other).filter((name) => !this.#restless.has(name));
  }

  /** POSTs a body as JSON with the run's token, and reads what came of it. `pending` tells that it does not show yet. */
  write(body: unknown, pending?: (after: Settings) => boolean): Promise<Written> {
    const request = {
      method: "POST",
      path,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    return this.send(request, (after) => notAsSent(body, after).length > 0 || pending?.(after) === true);
  }

  /** Sends any request that might write, and reads what came of it. */
  async send(request: WireRequest, pending: (after: Settings) => boolean = () => false): Promise<Written> {
    this.#wrote = true;
    this.#seen = undefined;
    const exchange = await (request.anonymous ? this.#session.sendAs(request) : this.#session.send(request));
    const first = await readSettings(this.#session);
    this.#seen = first;
    if (exchange.status < 200 || exchange.status > 299 || this.#waitsInVain === mostWaitsInVain)
      return { exchange, after: first, late: false };
    const { value, late, inVain } = await settled(first, () => readSettings(this.#session), pending);
    if (inVain) this.#waitsInVain += 1;
    this.#seen = value;
    return { exchange, after: value, late };
  }

  /** Sends several requests that should change nothing and, some milliseconds later, reads what came of them all. */
  async sendAll(
    requests: readonly WireRequest[],
    milliseconds = 0,
  ): Promise<{ exchanges: Exchange[]; after: Settings }> {
    this.#wrote = true;
    this.#seen = undefined;
    const exchanges: Exchange[] = [];
    for (const request of requests)
      exchanges.push(await (request.anonymous ? this.#session.sendAs(request) : this.#session.send(request)));
    if (milliseconds > 0) await pause(milliseconds);
    this.#seen = await readSettings(this.#session);
    return { exchanges, after: this.#seen };
  }

  /** The settings as they were last seen, read where the last write's outcome is not known. */
  async current(): Promise<Settings> {
    this.#seen ??= await readSettings(this.#session);
    return this.#seen;
  }

  /** The settings as they are now. Should somebody else have changed them, that is not taken for the run's own doing. */
  readAgain(): Promise<Settings> {
    return readSettings(this.#session);
  }

  /** What was read last is somebody else's doing: this is what the run itself left, and theirs is not to be undone. */
  notOurs(left: Settings): void {
    this.#seen = left;
  }

  /** Something to undo at the end, whatever happens. */
  onRestore(step: () => Promise<void>): void {
    this.#wrote = true;
    this.#cleanups.push(step);
  }

  /**
   * Puts the settings back as they were.
   *
   * @throws ConflictError where somebody else changed them: theirs is left alone.
   */
  async undo(): Promise<void> {
    try {
      await this.#session.undisturbed(() => patiently(() => this.#undo()));
    } catch (error) {
      this.stopped ??= messageOf(error);
      throw error;
    }
  }

  async #undo(): Promise<void> {
    if (this.#seen !== undefined && this.differences(this.before, this.#seen).length === 0) return;
    const now = await readSettings(this.#session);
    if (this.differences(this.before, now).length === 0) return;
    const others = this.#seen === undefined ? [] : this.differences(this.#seen, now);
    if (others.length > 0)
      throw new ConflictError(
        `Somebody else changed the call park settings during the run (${others.join(", ")}): theirs is left as it is`,
      );
    let { exchange, after } = await this.#putBack(this.body(), now);
    if (this.differences(this.before, after).some(concernsPrompt)) ({ exchange, after } = await this.#putPromptBack());
    // What is still not as before had not been named: blanks, and fields that are not documented.
    const unnamed = this.differences(this.before, after).filter((name) => !concernsPrompt(name));
    const named = unnamed.map((name) => [name, this.before[name]]);
    if (unnamed.some((name) => !(name in this.body())))
      ({ exchange, after } = await this.#putBack(this.body(Object.fromEntries(named)), after));
    const left = this.differences(this.before, after);
    if (left.length > 0)
      throw new Error(`The PBX answered ${exchange.status} and these fields are not as they were: ${left.join(", ")}`);
  }

  /** Writes, once more where the PBX failed without doing it; and learns which fields move with every write. */
  async #putBack(
    body: Record<string, unknown>,
    was: Settings,
    pending?: (after: Settings) => boolean,
  ): Promise<Written> {
    let written = await this.write(body, pending);
    if (written.exchange.status >= 500 && this.differences(was, written.after).length === 0)
      written = await this.write(body, pending);
    for (const name of this.differences(this.before, written.after)) {
      const moved = this.differences(was, written.after).includes(name) || isLater(this.before[name], was[name]);
      if (!isDocumented(name) && moved) this.#restless.add(name);
    }
    return written;
  }

  async #putPromptBack(): Promise<Written> {
    const pending = (after: Settings) => this.differences(this.before, after).some(concernsPrompt);
    const was = await this.current();
    if (this.#prompt === undefined) return this.#putBack(this.body({ prompt_file_id: null }), was, pending);
    this.#own.promptId = await uploadPrompt(
      this.#session,
      this.#prompt,
      String(this.before["prompt_file_name"]),
      "to keep",
    );
    return this.#putBack(this.body(), was, pending);
  }

  /** Undoes everything and proves it by two equal readings. Never throws. */
  async restore(): Promise<RestoreResult> {
    if (!this.#wrote) return { status: "not-needed" };
    const failures: string[] = [];
    for (const step of this.#cleanups.reverse())
      await patiently(step).catch((error) => failures.push(messageOf(error)));
    await this.undo().catch((error) => failures.push(messageOf(error)));
    const now = await this.#proof(failures);
    if (failures.length === 0) return { status: "restored", detail: "Everything is as it was, by two equal readings." };
    return {
      status: "failed",
      detail: [...new Set(failures)].join(" "),
      before: this.before,
      ...(now !== undefined && { now }),
      curl: this.curl,
    };
  }

  /** The request that puts everything but the prompt back by hand. */
  get curl(): string {
    return curlThatWrites(this.#session, path, this.body());
  }

  async #proof(failures: string[]): Promise<Settings | undefined> {
    try {
      const once = await patiently(() => readSettings(this.#session));
      const twice = await patiently(() => readSettings(this.#session));
      const left = new Set([...this.differences(this.before, once), ...this.differences(this.before, twice)]);
      if (left.size > 0) failures.push(`Not as before: ${[...left].join(", ")}.`);
      if (this.#prompt) {
        const bytes = await patiently(() => readPrompt(this.#session, twice));
        if (!Buffer.from(this.#prompt).equals(bytes ?? Buffer.of()))
          failures.push("The prompt's bytes are not as before.");
      }
      return twice;
    } catch (error) {
      // Most often it is the reason why the undo failed, which has been said.
      if (!failures.includes(messageOf(error))) failures.push(messageOf(error));
      failures.push("The settings could not be read, so what they are now is not known.");
      return undefined;
    }
  }
}
