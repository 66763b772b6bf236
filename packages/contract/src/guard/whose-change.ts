import { isDeepStrictEqual } from "node:util";
import { TargetError } from "../target.ts";
import { type Exchange, WireError, type WireRequest } from "../wire.ts";
import { ConflictError, intentOf, settingsRequest } from "./delivery.ts";
import type { Knowledge } from "./knowledge.ts";
import type { OwnBody } from "./own-body.ts";
import { patiently, settled } from "./patience.ts";
import { concernsPrompt, isDocumented, mayBeHidden, meansNothing, type Settings, unlikeSent } from "./settings.ts";
import type { SettingsReader } from "./settings-reader.ts";

/** Sends once more where the PBX was too busy and the settings are still as they `was`. */
type Post = (request: WireRequest, was: Settings | undefined) => Promise<Exchange | WireError>;

/** Keeps on disk what may be somebody else's while it is not there, should the run be killed meanwhile. */
type Note = (change: { elsewhere: string | undefined }) => Promise<void>;

/** A change that nobody can account for, and how to see whether it comes again. */
interface Experiment {
  fields: readonly string[];
  was: Settings;
  after: Settings;
  /** What is sent again, from the beginning. */
  requests: readonly WireRequest[];
  isAgain: (now: Settings) => boolean;
  /** A request that writes a body as those do. */
  like: (body: Settings) => WireRequest;
  /** What would be there if nobody else had written anything. */
  ours: Settings;
  /** What is somebody else's, if any of it is. */
  theirs: readonly string[];
}

const attemptsToGiveBack = 3;

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

  constructor(knowledge: Knowledge, reader: SettingsReader, own: OwnBody, post: Post, note: Note) {
    this.#knowledge = knowledge;
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
    if (sent === undefined || fields.length === 0) return after;
    const ours = { ...this.#own.of(was), ...sent };
    const again = await this.#repeated({
      ...{ fields, was, after, ours },
      requests: [request],
      isAgain: (now) => fields.every((name) => isDeepStrictEqual(now[name], after[name])),
      like: (body) => ({ ...request, body: JSON.stringify(body) }),
      // Whoever changed one field may have changed others, to values that say nothing of whose they are.
      theirs: [...new Set([...fields, ...unlikeSent(ours, after)])],
    });
    for (const name of fields) broken.add(name);
    return again;
  }

  /**
   * What has changed though every request was refused.
   *
   * @throws ConflictError where it was somebody else.
   */
  async ofRefused(
    requests: readonly WireRequest[],
    was: Settings,
    after: Settings,
    changed: readonly string[],
  ): Promise<void> {
    // As before the run is always as it may be.
    const fields = settable(changed).filter((name) => !isDeepStrictEqual(after[name], this.#knowledge.before[name]));
    if (fields.length === 0) return;
    const again = await this.#repeated({
      ...{ fields, was, after, requests },
      isAgain: (now) => fields.some((name) => !isDeepStrictEqual(now[name], was[name])),
      like: settingsRequest,
      ours: this.#own.of(was),
      theirs: fields,
    });
    this.#knowledge.adopt(again);
  }

  async #repeated(experiment: Experiment): Promise<Settings> {
    const { fields, was, after, requests, isAgain, like, ours } = experiment;
    // Whoever turned the server off has not taken its number away, though it may be hidden since.
    const isTheirs = (name: string) => !mayBeHidden(name, after) || meansNothing(name, was);
    const theirs = Object.fromEntries(experiment.theirs.filter(isTheirs).map((name) => [name, after[name]]));
    await this.#note({
      elsewhere: `Somebody else may have set ${JSON.stringify(theirs)} during the run: see whether it is there, and set it again if it is wanted`,
    });
    await this.#begin(experiment);
    for (const request of requests) await this.#post(request, requests.length === 1 ? was : undefined);
    // Late, or only after some readings.
    const { value: again, inVain } = await this.#settled((now) => !isAgain(now));
    if (!inVain) {
      await this.#note({ elsewhere: undefined });
      return again;
    }
    const write = () => this.#post(like({ ...ours, ...theirs }), again);
    if (await this.#hasBack(theirs, write)) await this.#note({ elsewhere: undefined });
    this.#knowledge.adopt({
      ...after,
      ...Object.fromEntries(fields.map((name) => [name, name in ours ? ours[name] : was[name]])),
    });
    throw this.#conflict(experiment);
  }

  /** @throws ConflictError where what was there cannot be written: then it is not to be told, and what is there is left. */
  async #begin(experiment: Experiment): Promise<void> {
    const { fields, was, after, like } = experiment;
    // Those that the PBX's own body leaves out, too.
    const unlike = Object.fromEntries(fields.map((name) => [name, was[name]]));
    const exchange = await this.#post(like({ ...this.#own.of(was), ...unlike }), after);
    const isBegun = (now: Settings) => fields.every((name) => isDeepStrictEqual(now[name], was[name]));
    const { inVain } = await this.#settled((now) => !isBegun(now));
    // What a PBX says that it has written, and has not, is its own doing.
    if (inVain && !("status" in exchange && exchange.status < 300)) throw this.#conflict(experiment);
  }

  /** Writes somebody else's values again, and sees whether they are there. */
  async #hasBack(theirs: Settings, write: () => Promise<unknown>): Promise<boolean> {
    const isMissing = (now: Settings) =>
      Object.keys(theirs).some((name) => !isDeepStrictEqual(now[name], theirs[name]));
    try {
      for (let attempt = 0; attempt < attemptsToGiveBack; attempt += 1) {
        await write();
        if (!(await this.#settled(isMissing)).inVain) return true;
      }
    } catch (error) {
      if (!(error instanceof WireError || error instanceof TargetError)) throw error;
    }
    return false;
  }

  async #settled(isPending: (now: Settings) => boolean): ReturnType<typeof settled<Settings>> {
    const read = () => patiently(() => this.#reader.read());
    return settled(await read(), read, isPending);
  }

  #conflict({ fields, after }: Experiment): ConflictError {
    this.#knowledge.areTheirs(fields, after);
    return new ConflictError(fields);
  }
}

/** Those that anybody may have set, and that can be given back: a prompt cannot. */
const settable = (names: readonly string[]): string[] =>
  names.filter((name) => isDocumented(name) && !concernsPrompt(name));
