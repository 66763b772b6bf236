import { isDeepStrictEqual } from "node:util";
import type { Intent, Unnamed, Upload } from "../journal/journal.ts";
import { notOurs, takesAway } from "./explained.ts";
import { PromptUrls } from "./prompt-urls.ts";
import { concernsPrompt, differences, hasPrompt, isPromptGone, type Settings } from "./settings.ts";
import { seenUnnamed } from "./unnamed.ts";

/** So many states of the settings back, a PBX may still show one in place of what is. */
const past = 3;

/** The same of a prompt that is not there: whoever takes one away leaves what the run may have seen long ago itself. */
const pastWithoutPrompt = 1;

/** What a run knows of a PBX's settings, and of its own part in them. */
export class Knowledge {
  /** What was there before the run. */
  readonly before: Settings;
  /** The settings as they were last seen, by the run's own doing. */
  seen: Settings;
  /** Has everything been seen that came of what was sent? */
  known = true;
  isTenantInDoubt = false;
  #intent: Intent | undefined;
  /** What was sent before that. */
  #sentBefore: readonly Settings[] = [];
  /** Of what was sent last, what the PBX says that it has taken. */
  taken: readonly Settings[] = [];
  /** All that the run has sent. */
  readonly #sent: Settings[] = [];
  /** Was it not yet seen what came of that? */
  #isIntentNew = false;
  /** What became of the fields that a POST did not name. */
  unnamed: Unnamed = {};
  uploads: Upload[] = [];
  /** The settings as they were seen before that: a PBX may show what is past, and then what is. */
  readonly #earlier: Settings[] = [];
  /** What somebody else is known to have set. */
  readonly #theirs = new Map<string, unknown>();
  /** What the prompt is known by, beside its name and size. */
  readonly promptUrls: PromptUrls = new PromptUrls();
  /** Was a prompt seen to stay where a POST that was taken did not name it? */
  keepsPrompt = false;
  /** Fields not documented that change by themselves or with every write, such as the time of the last one. */
  readonly restless: Set<string> = new Set();

  /** Fields that the PBX does not store as they are sent: what they read is no sign of another editor. */
  readonly broken: Set<string> = new Set();

  constructor(before: Settings) {
    this.before = before;
    this.seen = before;
  }

  /** What a check sent last. What puts things back need not be kept: as before is always as it may be. */
  get intent(): Intent | undefined {
    return this.#intent;
  }

  set intent(intent: Intent | undefined) {
    this.#sentBefore = this.#intent?.bodies ?? [];
    this.#intent = intent;
    this.#isIntentNew = true;
    this.taken = [];
    this.#sent.push(...(intent?.bodies ?? []));
  }

  /** Has the run sent a value for this field? */
  hasSent(name: string): boolean {
    return this.#sent.some((body) => body[name] !== undefined && body[name] !== null);
  }

  /** Takes what was read for the run's own doing. */
  adopt(settings: Settings): void {
    this.#learn(settings);
    if (!isDeepStrictEqual(this.seen, settings)) this.#earlier.push(this.seen);
    this.seen = settings;
    this.known = true;
  }

  /** Of several bodies nobody can tell which one it was. */
  #learn(now: Settings): void {
    const [body, ...more] = this.#intent?.bodies ?? [];
    if (this.#isIntentNew && body !== undefined && more.length === 0)
      this.unnamed = { ...this.unnamed, ...seenUnnamed(body, this.seen, now) };
    this.#isIntentNew = false;
  }

  /** What somebody else is known to have set, by the names of the fields. */
  get theirs(): Settings {
    return Object.fromEntries(this.#theirs);
  }

  /** These values of fields have turned out to be somebody else's, whatever the run itself had sent. */
  areTheirs(names: readonly string[], settings: Settings): void {
    for (const name of names) this.#theirs.set(name, settings[name]);
  }

  /** Of fields that have moved: those that move again, though nothing is written, never stand still. */
  watch(names: readonly string[], one: Settings, later: Settings): void {
    for (const name of names) if (!isDeepStrictEqual(one[name], later[name])) this.restless.add(name);
  }

  /** The fields in which two readings differ, but for those that never stand still. */
  differences(one: Settings, other: Settings): string[] {
    return [...differences(one, other), ...this.#urlWritten(one, other)].filter((name) => !this.restless.has(name));
  }

  /** A prompt may have another URL each time, but not one that the run has sent, which the PBX should not have taken. */
  #urlWritten({ prompt_file_url: one }: Settings, { prompt_file_url: other }: Settings): string[] {
    const isOurs = (url: unknown) => this.#sent.some(({ prompt_file_url: sent }) => sent !== undefined && sent === url);
    return typeof one === "string" && typeof other === "string" && one !== other && (isOurs(one) || isOurs(other))
      ? ["prompt_file_url"]
      : [];
  }

  /** The fields that somebody else has changed. */
  others(now: Settings): string[] {
    const unexplained = notOurs(this, now).filter((name) => !this.restless.has(name) && !this.#isRecent(name, now));
    const theirs = [...this.#theirs].filter(([name, value]) => isDeepStrictEqual(now[name], value));
    return [...new Set([...unexplained, ...theirs.map(([name]) => name)])];
  }

  /** Has a prompt gone that nothing asked to go, on a PBX that leaves it where it is not named? */
  isPromptLost(was: Settings, now: Settings): boolean {
    const asked = [...(this.#intent?.bodies ?? []), ...this.#sentBefore];
    const isKept = this.keepsPrompt || this.unnamed["prompt_file_id"] === "kept";
    return isKept && hasPrompt(this.before) && isPromptGone(was, now) && !asked.some(takesAway);
  }

  /** Is there a prompt that is like none of those that the run knows? A broken PBX garbles one of them. */
  hasTheirPrompt(now: Settings): boolean {
    const { prompt_file_name: name, prompt_file_size: size } = now;
    if (!hasPrompt(now) || typeof name !== "string" || typeof size !== "number") return false;
    const shown = [this.before, this.seen, ...this.#earlier].map((one) => [
      one["prompt_file_name"],
      one["prompt_file_size"],
    ]);
    const known = [...shown, ...this.uploads.map((one) => [one.name, one.size])];
    return this.others(now).includes("prompt_file_name") && !known.flat().some((one) => one === name || one === size);
  }

  /**
   * Was it there a short while ago, or sent with the last requests but one? A PBX may still show it, or do it only now. That
   * it was there at any time of the run is no sign of that: bounds and defaults are what people choose, too.
   */
  #isRecent(name: string, now: Settings): boolean {
    const sent = this.known ? [] : this.#sentBefore;
    const states = concernsPrompt(name) && !hasPrompt(now) ? pastWithoutPrompt : past;
    return [...this.#earlier.slice(-states), ...sent].some(
      (one) => name in one && isDeepStrictEqual(one[name], now[name]),
    );
  }
}
