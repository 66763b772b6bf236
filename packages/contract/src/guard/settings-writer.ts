import { setTimeout as pause } from "node:timers/promises";
import type { Journal } from "../journal/journal.ts";
import type { Logbook } from "../journal/logbook.ts";
import { messageOf } from "../message-of.ts";
import { isBusy } from "../pace.ts";
import type { Session } from "../session.ts";
import { BrokenAnswerError, type Exchange, requestTimeout, WireError, type WireRequest } from "../wire.ts";
import {
  ConflictError,
  type Delivery,
  type DeliveryOfAll,
  intentOf,
  isAsBefore,
  isAsSent,
  LostError,
  type Pending,
  type Together,
} from "./delivery.ts";
import type { Knowledge } from "./knowledge.ts";
import type { OwnBody } from "./own-body.ts";
import { patiently, unanswered } from "./patience.ts";
import { hasPrompt, type Settings } from "./settings.ts";
import type { SettingsReader } from "./settings-reader.ts";
import { type Repeatable, WhoseChange } from "./whose-change.ts";

const mayComeLate = `The PBX did not answer a POST within ${requestTimeout / 1000} s. What it has not done so long after may still be done after the run: look at the settings again later.`;

/** Sends what writes, one request at a time: the intent is on disk before it, and its outcome is read after it. */
export class SettingsWriter {
  readonly #session: Session;
  readonly #logbook: Logbook;
  readonly #knowledge: Knowledge;
  readonly #reader: SettingsReader;
  readonly #whose: WhoseChange;
  /** What else the journal is to say whenever it is written. */
  readonly #facts: () => Partial<Journal>;
  #restoring = false;
  /** Has anything been sent that may have to be undone? */
  wrote = false;
  /** Why nothing more may be written: an undo failed, or somebody else is at work. */
  stopped: string | undefined;

  constructor(
    session: Session,
    logbook: Logbook,
    knowledge: Knowledge,
    reader: SettingsReader,
    own: OwnBody,
    copyPrompt: () => Promise<string>,
    facts: () => Partial<Journal>,
  ) {
    this.#session = session;
    this.#logbook = logbook;
    this.#knowledge = knowledge;
    this.#reader = reader;
    // What is being found out is no reason to stop.
    const post = (request: WireRequest, was: Settings | undefined) => this.#postOrAgain(request, was, false);
    this.#whose = new WhoseChange(knowledge, reader, own, post, copyPrompt, (change) => this.note(change));
    this.#facts = facts;
  }

  /** Puts on disk what is about to happen. What is being put back is no reason to stop for a full disk. */
  async note(change: Partial<Journal>): Promise<void> {
    try {
      await this.#logbook.update({ ...this.#facts(), ...change });
    } catch (error) {
      if (this.#restoring) return;
      this.stopped ??= messageOf(error);
      throw error;
    }
  }

  /** Puts things back: other rules hold meanwhile. */
  async restoring<Value>(work: () => Promise<Value>): Promise<Value> {
    const before = this.#restoring;
    this.#restoring = true;
    try {
      return await work();
    } finally {
      this.#restoring = before;
    }
  }

  /**
   * Makes sure that whatever comes can be undone and, before the settings themselves are written or anything is for the
   * first time, that all is still as it was last read.
   *
   * @throws ConflictError where somebody else is at work.
   */
  async prepare(what: "settings" | "something else"): Promise<void> {
    if (this.stopped !== undefined && !this.#restoring) throw new Error(`Nothing more is written: ${this.stopped}`);
    if (what === "settings" || !this.wrote) await this.#lookAgain();
    if (this.#restoring) return;
    if (this.#logbook.journal?.phase === "prepared") await this.note({ phase: "writing" });
    this.wrote = true;
  }

  async #lookAgain(): Promise<void> {
    if (this.#knowledge.known && this.#reader.isCurrent) return;
    const now = await patiently(() => this.#reader.look());
    this.#refuseOthers(now, this.#restoring ? undefined : "nothing more is written");
    this.#knowledge.adopt(now);
  }

  /** It cannot be taken away to see whether it comes again: the run could not give it back. */
  #refuseTheirPrompt(now: Settings): void {
    if (this.#knowledge.hasTheirPrompt(now)) this.#refuseOthers(now);
  }

  #refuseOthers(now: Settings, consequence?: string): void {
    const others = this.#knowledge.others(now);
    if (others.length === 0) return;
    const error = new ConflictError(others, consequence);
    this.stopped ??= error.message;
    throw error;
  }

  /**
   * Sends a request once and, where no answer came or the PBX was busy, and nothing was done, once more.
   *
   * @throws WireError where no answer came and nothing was done, ConflictError where somebody else is at work.
   */
  async deliver(request: WireRequest, pending: Pending): Promise<Delivery> {
    const was = await this.#intend([request]);
    const intent = intentOf([request]);
    const unsent: Pending = (after) => intent.bodies.length > 0 && !isAsSent(intent, after);
    for (let attempt = 1; ; attempt += 1) {
      this.#knowledge.known = false;
      const exchange = await this.#post(request);
      if (attempt === 1 && (await this.#isUndone(exchange, was))) continue;
      const isLost = exchange instanceof WireError;
      const { value: after, late } = await this.#reader.lookAfter(exchange, isLost ? unsent : pending);
      if (isLost && !isAsSent(intent, after)) {
        if (this.#knowledge.differences(was, after).length > 0) this.#refuseOthers(after);
        else if (attempt > 1) throw exchange instanceof BrokenAnswerError ? exchange : new LostError(exchange);
        else continue;
      }
      this.#refuseTheirPrompt(after);
      const own = await this.#toldApart(() => this.#whose.ofWrite(request, was, after));
      const isTaken = "status" in exchange && exchange.status < 300;
      if (isTaken && hasPrompt(own) && !intent.bodies.some((body) => "prompt_file_id" in body))
        this.#knowledge.keepsPrompt ||= hasPrompt(was);
      await this.#took(own);
      return { exchange, after: own, late };
    }
  }

  /**
   * Of several requests that were all refused, or something else that should change no settings, though the settings have
   * changed: is that what they do?
   *
   * @throws ConflictError where it was somebody else.
   */
  refuseUnrepeated(requests: Repeatable, was: Settings, after: Settings, changed: readonly string[]): Promise<void> {
    return this.#toldApart(() => this.#whose.ofRefused(requests, was, after, changed));
  }

  /** What is somebody else's is given back, whoever wishes to stop meanwhile; and then nothing more is written. */
  async #toldApart<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await this.#session.undisturbed(work);
    } catch (error) {
      if (error instanceof ConflictError) {
        this.stopped ??= error.message;
        // On disk is what was read before it was known whose it is: a restore would take that for the run's own.
        await this.note({ seen: this.#knowledge.seen }).catch(() => undefined);
      }
      throw error;
    }
  }

  /** Sends several requests that should change nothing, and reads what came of them all. */
  async deliverAll(
    requests: readonly WireRequest[],
    { milliseconds = 0, decisive = 0 }: Together = {},
  ): Promise<DeliveryOfAll> {
    const was = await this.#intend(requests);
    this.#knowledge.known = false;
    const exchanges: Exchange[] = [];
    for (const request of requests) {
      const isMoved = exchanges.some(({ status }) => status < 300);
      const exchange = await this.#postOrAgain(request, isMoved ? undefined : was);
      if (exchange instanceof WireError) throw exchange;
      exchanges.push(exchange);
      if (exchange.status < 300) this.#knowledge.taken = [...this.#knowledge.taken, ...intentOf([request]).bodies];
      if (exchanges.length === decisive && exchanges.some(({ status }) => status < 300)) break;
    }
    if (milliseconds > 0) await pause(milliseconds);
    const read = await this.#reader.believed(await patiently(() => this.#reader.read()));
    const after = exchanges.some(({ status }) => status < 300) ? read : await this.#reader.ticked(was, read);
    this.#refuseTheirPrompt(after);
    const others = this.#knowledge.others(after);
    await this.#took(after);
    return { exchanges, after, others };
  }

  /** Answers with the settings as they are before it. */
  async #intend(requests: readonly WireRequest[]): Promise<Settings> {
    await this.prepare("settings");
    const { seen, before } = this.#knowledge;
    const intent = intentOf(requests);
    const { promptUrls } = this.#knowledge;
    promptUrls.setsCopy = intent.bodies.some(({ prompt_file_id: id }) => promptUrls.copies.has(String(id)));
    // What is being put back need not be written down: as before is always as it may be.
    if (this.#restoring && intent.bodies.every((body) => isAsBefore(body, before))) return seen;
    await this.note({ seen, intent });
    this.#knowledge.intent = intent;
    return seen;
  }

  /** Takes what was read for the run's own doing, and writes down what nobody could tell from what was sent. */
  async #took(after: Settings): Promise<void> {
    if (this.#knowledge.others(after).length > 0) await this.note({ seen: after });
    this.#knowledge.adopt(after);
  }

  async #postOrAgain(
    request: WireRequest,
    was: Settings | undefined,
    looksAgain = true,
  ): Promise<Exchange | WireError> {
    const exchange = await this.#post(request, looksAgain);
    return (await this.#isUndone(exchange, was)) ? this.#post(request, looksAgain) : exchange;
  }

  /**
   * Does the PBX say that it was too busy, and is that so? An answer of 5XX alone is not to be relied on, unless there is
   * nothing to compare with: the same sent again then comes to the same.
   */
  async #isUndone(exchange: Exchange | WireError, was: Settings | undefined): Promise<boolean> {
    if (exchange instanceof WireError || !isBusy(exchange)) return false;
    if (was === undefined) return true;
    const now = await patiently(() => this.#reader.read());
    return this.#knowledge.differences(was, now).length === 0;
  }

  /** An error where no answer came. `looksAgain` for others where it has to wait for its turn, or was over the rate limit. */
  async #post(request: WireRequest, looksAgain = true): Promise<Exchange | WireError> {
    const once = { resend: false, ...(looksAgain && { lookAgain: () => this.#seeOthers() }) };
    try {
      const exchange = await (request.anonymous
        ? this.#session.sendAs(request, once)
        : this.#session.send(request, once));
      if (exchange.status >= 500) this.#reader.mayTake(unanswered);
      return exchange;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#reader.mayTake(error.isTimeout ? requestTimeout : unanswered);
      if (error.isTimeout && !this.#session.notes.includes(mayComeLate)) this.#session.notes.push(mayComeLate);
      return error;
    }
  }

  /** Somebody else may have used the time that a budget or a rate limit takes. */
  async #seeOthers(): Promise<void> {
    this.#refuseOthers(await this.#reader.believed(await patiently(() => this.#reader.read())));
  }
}
