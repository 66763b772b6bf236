import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../target.ts";
import { type Exchange, WireError, type WireRequest } from "../wire.ts";
import { ConflictError, intentOf, settingsRequest } from "./delivery.ts";
import type { Knowledge } from "./knowledge.ts";
import type { OwnBody } from "./own-body.ts";
import { patiently, settled } from "./patience.ts";
import { UploadError } from "./prompt.ts";
import {
  concernsPrompt,
  hasPrompt,
  isDocumented,
  isPromptGone,
  mayBeHidden,
  meansNothing,
  promptFields,
  type Settings,
  unlikeSent,
} from "./settings.ts";
import type { SettingsReader } from "./settings-reader.ts";

/** Sends once more where the PBX was too busy and the settings are still as they `was`. */
type Post = (request: WireRequest, was: Settings | undefined) => Promise<Exchange | WireError>;

/** Keeps on disk what may be somebody else's while it is not there, should the run be killed meanwhile. */
type Note = (change: { elsewhere: string | undefined }) => Promise<void>;

/** What is done again: requests, or work of another kind. */
export type Repeatable = readonly WireRequest[] | (() => Promise<void>);

/** A change that nobody can account for, and how to see whether it comes again. */
interface Experiment {
  fields: readonly string[];
  /** Has the prompt gone? */
  isPromptLost: boolean;
  was: Settings;
  after: Settings;
  /** What is sent again, from the beginning. */
  requests: Repeatable;
  isAgain: (now: Settings) => boolean;
  /** A request that writes a body as those do. */
  like: (body: Settings) => WireRequest;
  /** What would be there if nobody else had written anything. */
  ours: Settings;
  /** What is somebody else's, if any of it is. */
  theirs: readonly string[];
}

/** Before each attempt to give somebody back what is theirs, in milliseconds: a PBX may be starting anew. */
const pausesToGiveBack = [0, 500, 2000];

/**
 * Tells a broken PBX's doing from somebody else's at that very moment. A broken PBX does it again where it is sent the same
 * again from the same beginning; somebody else gets theirs back.
 */
export class WhoseChange {
  readonly #knowledge: Knowledge;
  readonly #reader: SettingsReader;
  readonly #own: OwnBody;
  readonly #post: Post;
  readonly #note: Note;
  /** Uploads the prompt that was there before the run. */
  readonly #copyPrompt: () => Promise<string>;
  /** The file that it was put back with. */
  #promptId: string | undefined;

  constructor(
    knowledge: Knowledge,
    reader: SettingsReader,
    own: OwnBody,
    post: Post,
    copyPrompt: () => Promise<string>,
    note: Note,
  ) {
    this.#knowledge = knowledge;
    this.#copyPrompt = copyPrompt;
    this.#reader = reader;
    this.#own = own;
    this.#post = post;
    this.#note = note;
  }

  /**
   * What reads back as nobody sent it. Answers with how things are then.
   *
   * @throws ConflictError where it was somebody else.
   */
  async ofWrite(request: WireRequest, was: Settings, after: Settings): Promise<Settings> {
    const { broken } = this.#knowledge;
    const [sent] = intentOf([request]).bodies;
    const fields = settable(this.#knowledge.others(after)).filter((name) => !broken.has(name));
    const isPromptLost = this.#knowledge.isPromptLost(was, after) && !broken.has("prompt_file_id");
    if (sent === undefined || (fields.length === 0 && !isPromptLost)) return after;
    const ours = { ...this.#own.of(was), ...sent };
    const again = await this.#repeated({
      ...{ fields, isPromptLost, was, after, ours },
      requests: [request],
      isAgain: (now) =>
        fields.every((name) => isDeepStrictEqual(now[name], after[name])) && !(isPromptLost && hasPrompt(now)),
      like: (body) => ({ ...request, body: JSON.stringify(body) }),
      // Whoever changed one field may have changed others, to values that say nothing of whose they are.
      theirs: [...new Set([...fields, ...unlikeSent(ours, after)])],
    });
    for (const name of [...fields, ...(isPromptLost ? ["prompt_file_id"] : [])]) broken.add(name);
    return again;
  }

  /**
   * What has changed though every request was refused, or was none to change settings.
   *
   * @throws ConflictError where it was somebody else.
   */
  async ofRefused(requests: Repeatable, was: Settings, after: Settings, changed: readonly string[]): Promise<void> {
    // As before the run is always as it may be.
    const fields = settable(changed).filter((name) => !isDeepStrictEqual(after[name], this.#knowledge.before[name]));
    const isPromptLost =
      hasPrompt(this.#knowledge.before) && isPromptGone(was, after) && changed.some((name) => concernsPrompt(name));
    if (fields.length === 0 && !isPromptLost) return;
    const again = await this.#repeated({
      ...{ fields, isPromptLost, was, after, requests },
      isAgain: (now) =>
        fields.some((name) => !isDeepStrictEqual(now[name], was[name])) || (isPromptLost && !hasPrompt(now)),
      like: settingsRequest,
      ours: this.#own.of(was),
      theirs: fields,
    });
    this.#knowledge.adopt(again);
  }

  async #repeated(experiment: Experiment): Promise<Settings> {
    const { fields, isPromptLost, was, after, ours } = experiment;
    // Whoever turned the server off has not taken its number away, though it may be hidden since.
    const isTheirs = (name: string) => !mayBeHidden(name, after) || meansNothing(name, was);
    const theirs = Object.fromEntries(experiment.theirs.filter(isTheirs).map((name) => [name, after[name]]));
    await this.#note({
      elsewhere: `Somebody else may have set ${JSON.stringify({ ...theirs, ...noPrompt(experiment) })} during the run: see whether it is there, and set it again if it is wanted`,
    });
    const again = await this.#again(experiment, theirs).catch(untold);
    if (again !== undefined || (await this.#haveBack(experiment, theirs))) await this.#note({ elsewhere: undefined });
    if (again !== undefined) return again;
    this.#knowledge.adopt({
      ...after,
      ...Object.fromEntries(fields.map((name) => [name, name in ours ? ours[name] : was[name]])),
      ...(isPromptLost && Object.fromEntries(promptFields.map((name) => [name, was[name]]))),
    });
    const names = [...new Set([...fields, ...Object.keys(theirs), ...(isPromptLost ? promptFields : [])])];
    this.#knowledge.areTheirs(names, { ...after, ...theirs });
    throw new ConflictError(names);
  }

  /**
   * Begins as it was, and sends the same again. Answers with how things are where that does it again; what somebody else
   * changes meanwhile is added to what is `theirs`.
   */
  async #again(experiment: Experiment, theirs: Settings): Promise<Settings | undefined> {
    const { fields, isPromptLost, was, after, requests, isAgain, like } = experiment;
    const isOthers = (now: Settings): boolean => {
      const names = this.#strange(experiment, now).filter((name) => !fields.includes(name));
      for (const name of names) theirs[name] = now[name];
      return names.length > 0;
    };
    // Where null is refused, a prompt that was put back could not be taken away again.
    if (isPromptLost && this.#own.leavesBlanksOut) return undefined;
    // Those that the PBX's own body leaves out, too.
    const unlike = Object.fromEntries(fields.map((name) => [name, was[name]]));
    const prompt = isPromptLost && { prompt_file_id: await this.#ownPromptId() };
    const exchange = await this.#post(like({ ...this.#own.of(was), ...unlike, ...prompt }), after);
    const isBegun = (now: Settings) =>
      fields.every((name) => isDeepStrictEqual(now[name], was[name])) && !(isPromptLost && !hasPrompt(now));
    const begun = await this.#settled((now) => !isBegun(now));
    // What a PBX says that it has written, and has not, is its own doing. What it refuses is not to be told by writing it.
    const isRefused = begun.inVain && !("status" in exchange && exchange.status < 300);
    if (isRefused || isOthers(begun.value)) return undefined;
    if (typeof requests === "function") await requests();
    else for (const request of requests) await this.#post(request, requests.length === 1 ? was : undefined);
    // Late, or only after some readings.
    const { value, inVain } = await this.#settled((now) => !isAgain(now));
    return isOthers(value) || inVain ? undefined : value;
  }

  /** Writes somebody else's values where they are not there, the newest of them, and sees whether they are then. */
  async #haveBack(experiment: Experiment, theirs: Settings): Promise<boolean> {
    const { isPromptLost, ours, like } = experiment;
    const isMissing = (now: Settings) =>
      Object.keys(theirs).some((name) => !isDeepStrictEqual(now[name], theirs[name])) ||
      (isPromptLost && hasPrompt(now));
    for (const wait of pausesToGiveBack)
      try {
        await pause(wait);
        const now = await patiently(() => this.#reader.read());
        for (const name of this.#strange(experiment, now)) theirs[name] = now[name];
        if (!isMissing(now)) return true;
        await this.#post(like({ ...ours, ...theirs, ...noPrompt(experiment) }), now);
        if (!(await this.#settled(isMissing)).inVain) return true;
      } catch (error) {
        untold(error);
      }
    return false;
  }

  /** What the prompt is put back by, to see whether it goes again. */
  async #ownPromptId(): Promise<string> {
    this.#promptId ??= this.#own.promptId ?? (await this.#copyPrompt());
    return this.#promptId;
  }

  /** Fields with values that the run knows nothing of. */
  #strange({ was, after, ours }: Experiment, now: Settings): string[] {
    return settable(Object.keys(now)).filter(
      (name) =>
        !this.#knowledge.broken.has(name) &&
        !meansNothing(name, now) &&
        ![was, after, ours].some((one) => name in one && isDeepStrictEqual(one[name], now[name])),
    );
  }

  async #settled(isPending: (now: Settings) => boolean): ReturnType<typeof settled<Settings>> {
    const read = () => patiently(() => this.#reader.read());
    return settled(await read(), read, isPending);
  }
}

/** Where no answer comes, or no file for the prompt is taken, it is not told whose it is. */
const untold = (error: unknown): undefined => {
  if (!(error instanceof WireError || error instanceof TargetError || error instanceof UploadError)) throw error;
};

/** What takes the prompt away again for whoever had taken it away. */
const noPrompt = ({ isPromptLost }: Experiment): Settings => (isPromptLost ? { prompt_file_id: null } : {});

/** Those that anybody may have set, and that can be given back: a prompt that is there cannot. */
const settable = (names: readonly string[]): string[] =>
  names.filter((name) => isDocumented(name) && !concernsPrompt(name));
