import { toUpdate } from "@callpark/client";
import type { CallPark } from "@callpark/types";
import { curlOf } from "../curl.ts";
import type { RestoreResult } from "../report.ts";
import type { Session } from "../session.ts";
import { ConfigurationError } from "../target.ts";
import type { Exchange, WireRequest } from "../wire.ts";
import { downloadPrompt, isPromptPath, uploadPrompt } from "./prompt.ts";
import { concernsPrompt, differences, hasPrompt, isSettings, type Settings } from "./settings.ts";

/** A write and what the settings were right after it. */
export interface Written {
  exchange: Exchange;
  after: Settings;
}

/** Somebody else changed the settings during the run. */
class ConflictError extends Error {
  override readonly name = "ConflictError";
}

const path = "/call_park";

/**
 * Owns every write to a PBX's call park settings: knows what was there before the first one, sees what each one did, and
 * puts everything back.
 */
export class SettingsGuard {
  /** What was there before the run. */
  readonly before: Settings;
  readonly #session: Session;
  readonly #prompt: Uint8Array | undefined;
  /** Undo steps of checks that made something of their own. */
  readonly #cleanups: (() => Promise<void>)[] = [];
  /** The settings as the run last saw them; undefined while a write's outcome is not known. */
  #seen: Settings | undefined;
  #promptId: string | undefined;
  /** Some PBXs refuse null for a blank field; then blank fields are left alone. */
  #leavesBlanksOut = false;
  #wrote = false;
  /** Why nothing more may be written: an undo failed, or somebody else is at work. */
  stopped: string | undefined;

  private constructor(session: Session, before: Settings, prompt: Uint8Array | undefined) {
    this.#session = session;
    this.before = before;
    this.#seen = before;
    this.#prompt = prompt;
  }

  /**
   * Reads what is there, and keeps the prompt's bytes. Writes nothing.
   *
   * @throws ConfigurationError where it could not be put back.
   */
  static async begin(session: Session): Promise<SettingsGuard> {
    const before = await read(session);
    const again = await read(session);
    const changing = differences(before, again);
    if (changing.length > 0)
      throw new ConfigurationError(
        `Somebody is changing the call park settings now (${changing.join(", ")} differ between two readings): run again later`,
      );
    return new SettingsGuard(session, before, await promptOf(session, before));
  }

  /** The body that writes everything as it was, with changes. */
  body(changes: Record<string, unknown> = {}): Record<string, unknown> {
    const all: Record<string, unknown> = {
      ...toUpdate(this.before as CallPark),
      // Once the prompt has an id of ours, each write names it, so that a PBX that drops what is left out keeps it.
      ...(this.#promptId !== undefined && { prompt_file_id: this.#promptId }),
      ...changes,
    };
    if (!this.#leavesBlanksOut) return all;
    return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== null || name in changes));
  }

  /** Leaves blank fields out of every later body. */
  leaveBlanksOut(): void {
    this.#leavesBlanksOut = true;
  }

  /** POSTs a body as JSON with the run's token, and reads what came of it. */
  write(body: unknown): Promise<Written> {
    return this.send({
      method: "POST",
      path,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  /** Sends any request that might write, and reads what came of it. */
  async send(request: WireRequest): Promise<Written> {
    this.#wrote = true;
    this.#seen = undefined;
    const exchange = await (request.anonymous ? this.#session.sendAs(request) : this.#session.send(request));
    const after = await read(this.#session);
    this.#seen = after;
    return { exchange, after };
  }

  /** The settings as they were last seen, read where the last write's outcome is not known. */
  async current(): Promise<Settings> {
    this.#seen ??= await read(this.#session);
    return this.#seen;
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
      await this.#undo();
    } catch (error) {
      this.stopped ??= messageOf(error);
      throw error;
    }
  }

  async #undo(): Promise<void> {
    if (this.#seen !== undefined && differences(this.before, this.#seen).length === 0) return;
    const now = await read(this.#session);
    if (differences(this.before, now).length === 0) return;
    if (this.#seen !== undefined && differences(this.#seen, now).length > 0)
      throw new ConflictError(
        `Somebody else changed the call park settings during the run (${differences(this.#seen, now).join(", ")}): theirs is left as it is`,
      );
    let { exchange, after } = await this.write(this.body());
    if (differences(this.before, after).some(concernsPrompt)) ({ exchange, after } = await this.#putPromptBack());
    const left = differences(this.before, after);
    if (left.length > 0)
      throw new Error(`The PBX answered ${exchange.status} and these fields are not as they were: ${left.join(", ")}`);
  }

  /** Undoes everything and proves it by two equal readings. Never throws. */
  async restore(): Promise<RestoreResult> {
    if (!this.#wrote) return { status: "not-needed" };
    const failures: string[] = [];
    for (const step of this.#cleanups.reverse()) await step().catch((error) => failures.push(messageOf(error)));
    await this.undo().catch((error) => failures.push(messageOf(error)));
    const now = await this.#proof(failures);
    if (failures.length === 0) return { status: "restored", detail: "Everything is as it was, by two equal readings." };
    return {
      status: "failed",
      detail: failures.join(" "),
      before: this.before,
      ...(now !== undefined && { now }),
      curl: curlOf({
        url: `${this.#session.wire.baseUrl}${path}`,
        request: {
          method: "POST",
          path,
          headers: { ...this.#session.authorization, "Content-Type": "application/json" },
          body: JSON.stringify(this.body()),
        },
      }),
    };
  }

  async #proof(failures: string[]): Promise<Settings | undefined> {
    try {
      const once = await read(this.#session);
      const twice = await read(this.#session);
      const left = new Set([...differences(this.before, once), ...differences(this.before, twice)]);
      if (left.size > 0) failures.push(`Not as before: ${[...left].join(", ")}.`);
      if (this.#prompt && !Buffer.from(this.#prompt).equals((await promptOf(this.#session, twice)) ?? Buffer.of()))
        failures.push("The prompt's bytes are not as before.");
      return twice;
    } catch (error) {
      failures.push(messageOf(error));
      return undefined;
    }
  }

  async #putPromptBack(): Promise<Written> {
    if (this.#prompt === undefined) return this.write(this.body({ prompt_file_id: null }));
    this.#promptId = await uploadPrompt(this.#session, this.#prompt, String(this.before["prompt_file_name"]));
    return this.write(this.body());
  }
}

const read = async (session: Session): Promise<Settings> => {
  const { status, json } = await session.send({ method: "GET", path });
  if (status !== 200 || !isSettings(json))
    throw new ConfigurationError(`GET ${path} answered ${status} without settings, so nothing could be put back`);
  return json;
};

const promptOf = async (session: Session, settings: Settings): Promise<Uint8Array | undefined> => {
  if (!hasPrompt(settings)) return undefined;
  const url = settings["prompt_file_url"];
  const exchange = isPromptPath(url) ? await downloadPrompt(session, url) : undefined;
  if (exchange?.status === 200) return exchange.bytes;
  throw new ConfigurationError(
    `The prompt could not be downloaded (${exchange ? `status ${exchange.status}` : "its URL is not a path below /api"}), so it could not be put back: nothing was written. Run without --write`,
  );
};

const messageOf = (error: unknown) => `${error instanceof Error ? error.message : String(error)}`;
