import { setTimeout as pause } from "node:timers/promises";
import type { Session } from "../session.ts";
import type { Exchange, WireError } from "../wire.ts";
import type { Pending } from "./delivery.ts";
import type { Knowledge } from "./knowledge.ts";
import { patiently, settled, slip, slow, tick } from "./patience.ts";
import { readPrompt, readSettings } from "./readings.ts";
import { concernsPrompt, isDocumented, type Settings } from "./settings.ts";

/** A PBX that never shows what was written is not slow, and is waited for no more. */
const mostWaitsInVain = 3;

/** How long nobody else is taken to have changed what was read, in milliseconds. */
const sure = 2000;

/** Reads the settings while they are being written: tells a slip from a change, and waits for what does not show yet. */
export class SettingsReader {
  readonly #session: Session;
  readonly #knowledge: Knowledge;
  /** The number of requests when the settings were last read: where it is still the same, nothing was sent since. */
  #readAt = 0;
  /** When that was, in milliseconds of the process. */
  #time = 0;
  #again: Settings | undefined;
  /** The bytes of the prompt that was there before the run. */
  readonly #prompt: Uint8Array | undefined;
  #waitsInVain = 0;
  /** Fields that were read back as they were written, and later were not, though nothing had been written since. */
  readonly forgotten: Map<string, [from: unknown, to: unknown]> = new Map();
  /** How long something that was sent may take to come true, in milliseconds: no answer told, or the PBX is slow at it. */
  lateness = 0;
  /** Was something taken that no reading showed? It may be there all the same. */
  unseen = false;

  constructor(session: Session, knowledge: Knowledge, prompt: Uint8Array | undefined) {
    this.#session = session;
    this.#knowledge = knowledge;
    this.#prompt = prompt;
  }

  async read(): Promise<Settings> {
    this.#again = undefined;
    const settings = await readSettings(this.#session, "any");
    await this.#tellPrompt(settings);
    this.#readAt = this.#session.wire.requests;
    this.#time = performance.now();
    return settings;
  }

  /** Another file may be called as the prompt was. One whose URL the run cannot account for is looked into. */
  async #tellPrompt(settings: Settings): Promise<void> {
    const { before, known, promptUrls } = this.#knowledge;
    if (!promptUrls.isUnknown(before, settings)) return;
    if (known || !promptUrls.setsCopy) {
      const bytes = await readPrompt(this.#session, settings).catch(() => undefined);
      if (bytes !== undefined && !Buffer.from(bytes).equals(this.#prompt ?? Buffer.of()))
        return this.#knowledge.areTheirs(["prompt_file_url"], settings);
      // The same file has another URL, or one that leads nowhere: it is not looked at again.
      promptUrls.isSteady = false;
    }
    promptUrls.knows(settings);
  }

  /** Reads, and lets whoever has to know next how things are do with that, should nothing be sent in between. */
  async readAgain(): Promise<Settings> {
    this.#again = await this.read();
    return this.#again;
  }

  /** How things are now. */
  async look(): Promise<Settings> {
    const now = await this.believed((this.#isFresh ? this.#again : undefined) ?? (await this.read()));
    const { known, seen } = this.#knowledge;
    // What is as it was at another time of the run is nobody else's doing: the PBX has not kept what it had shown.
    if (known && this.#knowledge.others(now).length === 0)
      for (const name of this.#knowledge.differences(seen, now))
        if (isDocumented(name) && !concernsPrompt(name)) this.forgotten.set(name, [seen[name], now[name]]);
    return now;
  }

  /** Is the last reading still how things are, and was it taken into account? */
  get isCurrent(): boolean {
    return this.#isFresh && this.#again === undefined && performance.now() - this.#time < sure;
  }

  /** Has nothing been sent since the last reading? */
  get #isFresh(): boolean {
    return this.#readAt === this.#session.wire.requests;
  }

  /** One reading that looks like somebody else's doing may be a slip of the PBX, or its clock: a second one tells. */
  async believed(now: Settings): Promise<Settings> {
    if (this.#knowledge.others(now).length === 0) return now;
    await pause(slip);
    const again = await patiently(() => this.read());
    const unknown = this.#knowledge.others(again);
    if (unknown.length === 0 || unknown.some(isDocumented)) return again;
    await pause(tick);
    const later = await patiently(() => this.read());
    this.#knowledge.watch(unknown, again, later);
    return later;
  }

  /** What is not documented and has moved, though all was refused, may be a clock, which moves again. */
  async ticked(was: Settings, now: Settings): Promise<Settings> {
    const moved = this.#knowledge.differences(was, now);
    if (moved.length === 0 || moved.some(isDocumented)) return now;
    await pause(tick);
    const later = await patiently(() => this.read());
    this.#knowledge.watch(moved, now, later);
    return later;
  }

  /** Something sent may come true only later. */
  mayTake(milliseconds: number): void {
    this.lateness = Math.max(this.lateness, milliseconds);
  }

  /** Reads until what was sent shows, or was waited for long enough. */
  async lookAfter(exchange: Exchange | WireError, pending: Pending): Promise<{ value: Settings; late: boolean }> {
    const first = await this.believed(await patiently(() => this.read()));
    const isRefused = "status" in exchange && exchange.status >= 300 && exchange.status <= 499;
    if (isRefused) return { value: first, late: false };
    const isWaitedFor = this.#waitsInVain < mostWaitsInVain;
    const { value, late, inVain } = isWaitedFor
      ? await settled(first, () => this.read(), pending)
      : { value: first, late: false, inVain: pending(first) };
    this.unseen ||= inVain;
    if (!isWaitedFor) return { value, late };
    if (late || inVain) this.mayTake(slow);
    if (inVain) this.#waitsInVain += 1;
    return { value, late };
  }
}
