import { isDeepStrictEqual } from "node:util";
import type { Journal } from "../journal/journal.ts";
import type { Logbook } from "../journal/logbook.ts";
import { isMasked } from "../masked.ts";
import { messageOf } from "../message-of.ts";
import type { RestoreResult } from "../report.ts";
import type { Session } from "../session.ts";
import { ConfigurationError } from "../target.ts";
import { isNamed } from "../tenant.ts";
import { type Exchange, WireError, type WireRequest } from "../wire.ts";
import { Belongings } from "./belongings.ts";
import { curlThatWrites } from "./by-hand.ts";
import {
  ConflictError,
  type Delivery,
  type DeliveryOfAll,
  type Pending,
  settingsRequest,
  type Together,
  UnansweredError,
} from "./delivery.ts";
import { groupsNotAsBefore } from "./groups-as-before.ts";
import { Knowledge } from "./knowledge.ts";
import { destroyLeftovers } from "./leftovers.ts";
import { OtherVersion } from "./other-version.ts";
import { OwnBody } from "./own-body.ts";
import { OwnPrompt } from "./own-prompt.ts";
import { patiently, unanswered } from "./patience.ts";
import { putBack } from "./put-back.ts";
import { path, readPrompt, readSettings } from "./readings.ts";
import { type Beyond, restored } from "./restored.ts";
import { differences, isDocumented, notAsSent, type Settings } from "./settings.ts";
import { SettingsReader } from "./settings-reader.ts";
import { SettingsWriter } from "./settings-writer.ts";
import type { Repeatable } from "./whose-change.ts";
import { untold } from "./without-secrets.ts";

export interface Written extends Delivery {
  exchange: Exchange;
}

/**
 * Owns every write to a PBX's call park settings: knows what was there before the first one and has it on disk, sees
 * what each write did, and puts everything back.
 */
export class SettingsGuard {
  readonly #session: Session;
  readonly #logbook: Logbook;
  readonly #knowledge: Knowledge;
  readonly #own: OwnBody;
  readonly #reader: SettingsReader;
  readonly #writer: SettingsWriter;
  /** What the run makes on the PBX for itself. */
  readonly belongings: Belongings;
  /** The prompt that was there before the run. */
  readonly prompt: OwnPrompt;
  /** Fields that a 200 said were put back, and that were so only when they were sent once more. */
  readonly ignored: Set<string> = new Set();
  /** Does it put back what a run changed that ended before? The PBX may be of another version since. */
  #resumed: OtherVersion | undefined;
  /** Undo steps of checks that made something of their own. */
  readonly #cleanups: (() => Promise<void>)[] = [];
  /** Each says what has changed where nothing can be put back from here. */
  readonly #beyond: Beyond[] = [];

  private constructor(session: Session, logbook: Logbook, before: Settings, prompt: Uint8Array | undefined) {
    this.#session = session;
    this.#logbook = logbook;
    this.#knowledge = new Knowledge(before);
    this.#own = new OwnBody(before);
    this.#reader = new SettingsReader(session, this.#knowledge, prompt);
    const copyPrompt = () => this.prompt.copy();
    this.#writer = new SettingsWriter(session, logbook, this.#knowledge, this.#reader, this.#own, copyPrompt, () => ({
      restless: [...this.#knowledge.restless].filter((name) => !this.#isOfOtherVersion(name)),
      uploads: this.#knowledge.uploads,
      leavesBlanksOut: this.#own.leavesBlanksOut,
      leftOut: [...this.#own.leftOut].filter((name) => !this.#isOfOtherVersion(name)),
      unnamed: this.#knowledge.unnamed,
      theirs: this.#knowledge.theirs,
      ...(this.#own.promptId !== undefined && { promptId: this.#own.promptId }),
    }));
    this.belongings = new Belongings(session, logbook, this.#knowledge, this.#writer);
    this.prompt = new OwnPrompt(before, prompt, this.#own, this.belongings);
  }

  /**
   * Reads what is there, and keeps it on disk with the prompt's bytes. Writes nothing to the PBX.
   *
   * @throws JournalError where it could not be kept, another ConfigurationError where it could not be put back.
   */
  static async begin(session: Session, logbook: Logbook): Promise<SettingsGuard> {
    const before = await patiently(() => readSettings(session));
    const again = await patiently(() => readSettings(session));
    const changing = differences(before, again);
    const known = changing.filter(isDocumented);
    if (known.length > 0)
      throw new ConfigurationError(
        `Somebody is changing the call park settings now (${known.join(", ")} differ between two readings): run again later`,
      );
    // By the newest reading: the prompt's URL may be good for that one only.
    const bytes = await patiently(() =>
      readPrompt(session, again, ", so it could not be put back: nothing was written. Run without writing"),
    );
    const prompt = bytes && { bytes, name: String(before["prompt_file_name"]) };
    await logbook.begin({ before, restless: changing, ...(prompt && { prompt }) });
    const lost = untold(logbook.journal?.before ?? {});
    if (lost.length > 0)
      throw new ConfigurationError(
        `The PBX shows a secret of this run in its call park settings (${lost.join(", ")}). A journal holds no secrets, so they could not be put back, and nothing is written`,
      );
    const guard = new SettingsGuard(session, logbook, before, bytes);
    for (const field of changing) guard.#knowledge.restless.add(field);
    const { promptUrls } = guard.#knowledge;
    promptUrls.isSteady = before["prompt_file_url"] === again["prompt_file_url"];
    promptUrls.knows(before);
    return guard;
  }

  /**
   * Takes over from a run that did not put back what it changed.
   *
   * @throws ConfigurationError where what it kept is damaged.
   */
  static async resume(session: Session, logbook: Logbook, journal: Journal): Promise<SettingsGuard> {
    const { before, seen, intent, uploads, restless, unnamed = {}, theirs = {} } = journal;
    const guard = new SettingsGuard(session, logbook, before, await logbook.prompt());
    const lost = untold(before);
    if (lost.length > 0)
      throw new ConfigurationError(
        `The journal ${logbook.path} does not say what was there (${lost.join(", ")}): an earlier version of callpark took it for a secret. It is kept: put the PBX's call park settings right by hand, and move it away`,
      );
    const hidden = Object.keys(before).filter((name) => isMasked(before[name]));
    for (const field of [...restless, ...hidden]) guard.#knowledge.restless.add(field);
    Object.assign(guard.#knowledge, { seen, intent, uploads, unnamed, known: false } satisfies Partial<Knowledge>);
    guard.#knowledge.areTheirs(Object.keys(theirs), theirs);
    const { promptUrls } = guard.#knowledge;
    promptUrls.isSteady = true;
    for (const one of [before, seen]) promptUrls.knows(one);
    guard.#knowledge.isTenantInDoubt = !isNamed(journal.tenant);
    guard.#own.leavesBlanksOut = journal.leavesBlanksOut;
    for (const field of journal.leftOut) guard.leaveOut(field);
    guard.#own.promptId = journal.promptId;
    guard.#reader.mayTake(unanswered);
    guard.#resumed = new OtherVersion(before, seen);
    guard.onRestore(() => destroyLeftovers(session, logbook));
    guard.onEnd(() => groupsNotAsBefore(session, journal.tenantGroups ?? []), true);
    return guard;
  }

  /** What was there before the run. */
  get before(): Settings {
    return this.#knowledge.before;
  }

  /** Why nothing more may be written: an undo failed, or somebody else is at work. */
  get stopped(): string | undefined {
    return this.#writer.stopped;
  }

  /** Fields that were read back as they were written, and later were not, though nothing had been written since. */
  get forgotten(): ReadonlyMap<string, [from: unknown, to: unknown]> {
    return this.#reader.forgotten;
  }

  /** The body that writes everything as it was, with changes. */
  body(changes: Record<string, unknown> = {}): Record<string, unknown> {
    return this.#own.with(changes);
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
    return this.#knowledge.differences(one, other);
  }

  /** To be called before anything else is written than the settings: makes sure that it can be undone, whatever comes. */
  prepare(): Promise<void> {
    return this.#writer.prepare("something else");
  }

  /** POSTs a body as JSON with the run's token, and reads what came of it. `pending` tells that it does not show yet. */
  write(body: unknown, pending?: Pending, type?: string): Promise<Written> {
    return this.send(
      settingsRequest(body, type),
      (after) => notAsSent(body, after).length > 0 || pending?.(after) === true,
    );
  }

  /**
   * Sends any request that might write, and reads what came of it.
   *
   * @throws UnansweredError where it was done and no answer came, ConflictError where somebody else is at work.
   */
  async send(request: WireRequest, pending: Pending = () => false): Promise<Written> {
    const { exchange, ...delivery } = await this.#writer.deliver(request, pending);
    // What is known now is not for a restore to guess.
    if (!isDeepStrictEqual(this.#knowledge.unnamed, this.#logbook.journal?.unnamed ?? {})) await this.#writer.note({});
    if (exchange instanceof WireError) throw new UnansweredError(exchange);
    return { exchange, ...delivery };
  }

  /**
   * Sends several requests that should change nothing, and reads what came of them all.
   *
   * @throws ConflictError where somebody else is at work.
   */
  async sendAll(requests: readonly WireRequest[], how: Together = {}): Promise<DeliveryOfAll> {
    const before = await this.current();
    const delivery = await this.#writer.deliverAll(requests, how);
    const { after, others } = delivery;
    if (!how.callerTells && others.length > 0) await this.refuseUnrepeated(requests, before, after, others);
    return delivery;
  }

  /**
   * Of several requests that were all refused, or something else that should change no settings, though the settings have
   * changed: is that what they do? It is done again.
   *
   * @throws ConflictError where they change nothing then: it was somebody else, who has theirs again.
   */
  refuseUnrepeated(requests: Repeatable, before: Settings, after: Settings, changed: readonly string[]): Promise<void> {
    return this.#writer.refuseUnrepeated(requests, before, after, changed);
  }

  /** The settings as they were last seen, read where the last write's outcome is not known. */
  async current(): Promise<Settings> {
    if (!this.#knowledge.known) this.#knowledge.adopt(await this.#reader.read());
    return this.#knowledge.seen;
  }

  /** The settings as they are now. Should somebody else have changed them, that is not taken for the run's own doing. */
  readAgain(): Promise<Settings> {
    return this.#reader.readAgain();
  }

  /** Something to undo at the end, whatever happens. */
  onRestore(step: () => Promise<void>): void {
    this.#writer.wrote = true;
    this.#cleanups.push(step);
  }

  /** Nothing more is written but what puts things back. */
  stop(why: string): void {
    this.#writer.stopped ??= why;
  }

  /**
   * Says what is changed even when this tenant's settings have been put back, where nothing can be put back from here. A
   * restore goes by what was said, unless it can see for itself.
   */
  onEnd(still: Beyond["still"], isSeenByRestore = false): void {
    this.#beyond.push({ still, isSeenByRestore });
  }

  /**
   * Puts the settings back as they were, `always` or where they are seen not to be.
   *
   * @throws ConflictError where somebody else changed them: theirs is left alone.
   */
  async undo(always = false): Promise<void> {
    const writer = this.#writer;
    try {
      await this.#session.undisturbed(() => writer.restoring(() => patiently(() => this.#undo(always))));
    } catch (error) {
      writer.stopped ??= messageOf(error);
      throw error;
    }
  }

  /** What another version of the PBX has brought or taken away is from here on neither compared nor sent. */
  async #withoutOtherVersion(now: Settings): Promise<Settings> {
    const version = this.#resumed;
    if (version === undefined || version.in(now).length === 0) return now;
    // One reading without a field may be a slip.
    const again = await this.#reader.read();
    version.found(version.in(again));
    for (const name of version.moved) {
      this.#knowledge.restless.add(name);
      this.leaveOut(name);
    }
    return again;
  }

  /** It is no trait of the PBX: should it be of the version before again, that field is put back too. */
  #isOfOtherVersion(name: string): boolean {
    return this.#resumed?.moved.includes(name) === true;
  }

  async #undo(always: boolean): Promise<void> {
    const { before, seen, known } = this.#knowledge;
    if (!always && known && this.differences(before, seen).length === 0) return;
    const now = await this.#withoutOtherVersion(await this.#reader.look());
    const others = this.#knowledge.others(now);
    if (others.length > 0) throw new ConflictError(others);
    this.#knowledge.adopt(now);
    // What was last seen was not as before, and nothing has been sent since: one reading does not undo that.
    const isMoved = known && this.differences(before, seen).length > 0;
    if (!always && !isMoved && this.differences(before, now).length === 0) return;
    await putBack(
      {
        before,
        own: this.#own,
        restless: this.#knowledge.restless,
        ignored: this.ignored,
        differences: (one, other) => this.differences(one, other),
        deliver: (body, pending = () => false, spaces = 0) =>
          this.#writer.deliver(
            { ...settingsRequest(body), body: JSON.stringify(body) + " ".repeat(spaces) },
            (after) => notAsSent(body, after).length > 0 || pending(after),
          ),
        uploadPrompt: async () => (this.prompt.bytes === undefined ? null : this.prompt.copy()),
      },
      now,
      always && this.prompt.bytes === undefined && this.#knowledge.hasSent("prompt_file_id")
        ? { prompt_file_id: null }
        : {},
    );
  }

  /** Undoes everything and proves it by two equal readings. Never throws. `keep` leaves the settings as they are. */
  async restore(settings: "put back" | "keep" = "put back"): Promise<RestoreResult> {
    if (!this.#writer.wrote) return { status: "not-needed" };
    const result = await this.#writer.restoring(() =>
      restored({
        settings,
        isResumed: this.#resumed !== undefined,
        session: this.#session,
        logbook: this.#logbook,
        knowledge: this.#knowledge,
        reader: this.#reader,
        writer: this.#writer,
        prompt: this.prompt.bytes,
        cleanups: this.#cleanups,
        beyond: this.#beyond,
        undo: (always) => this.undo(always),
        curl: this.curl,
        curlBringsPrompt: typeof this.body()["prompt_file_id"] === "string",
      }),
    );
    this.#session.notes.push(...(this.#resumed?.notes ?? []));
    return result;
  }

  /** The request that puts everything but the prompt back by hand. */
  get curl(): string {
    return curlThatWrites(this.#session, path, this.body());
  }
}
