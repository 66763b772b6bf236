import type { Creation, Journal } from "../journal/journal.ts";
import type { Group } from "./group-listing.ts";

/** What is known of the call park groups that a run made, or may have made. */
export interface GroupFacts {
  /** How the names of all begin that the run could name so. */
  prefix: string;
  ids: ReadonlySet<string>;
  /** Ids of those whose destruction the PBX has granted. */
  destroyed: ReadonlySet<string>;
  /** Names that it wrote for its groups, or saw them shown by, and that may still be theirs. */
  names: ReadonlySet<string>;
  /** Names that its groups had, and have no more: since then they are free to whoever wants them. */
  released: ReadonlySet<string>;
  /** Creations of which it is not known what came of them. */
  pending: readonly Creation[];
  /** Creations that were refused, and of which no list has shown yet that nothing came of them. */
  refused: readonly Creation[];
  /** Ids of the groups that had been there before; undefined where they could not be listed. */
  others: ReadonlySet<string> | undefined;
  /**
   * Is the run at work? Then ids and names that were not there before it are its own. Later somebody else may have made a
   * group by a name that it sent, or been given an id of one that it had made.
   */
  isAtWork: boolean;
  /** Ids of groups whose user has been told of them, should they be somebody else's. */
  told: ReadonlySet<string>;
}

/** How the names of a run's own call park groups begin. */
export const ownName = (runId: string): string => `callpark-${runId}`;

/** What is known from a journal. One of an earlier version does not say which of the names were refused. */
export const factsOf = ({ runId, groups, groupNames, ...journal }: Journal): GroupFacts => {
  const { otherGroups, pendingGroups, toldGroups = [] } = journal;
  const isEarlier = pendingGroups === undefined;
  const areKnown = otherGroups !== null && !(isEarlier && otherGroups.length === 0);
  return {
    prefix: ownName(runId),
    ids: new Set(groups),
    destroyed: new Set(),
    names: new Set(groupNames),
    released: new Set(),
    pending: pendingGroups ?? groupNames.map((name) => ({ name, isLawful: false })),
    refused: [],
    others: areKnown ? new Set(otherGroups) : undefined,
    isAtWork: false,
    told: new Set(toldGroups),
  };
};

/** Keeps what a run makes: on disk before it is sent, and again when it is known what came of it. */
export class GroupRecords {
  readonly #note: (change: Partial<Journal>) => Promise<void>;
  readonly #ids = new Set<string>();
  /** Destroyed by a check, and seen to be gone. */
  readonly #gone = new Set<string>();
  readonly #destroyed = new Set<string>();
  readonly #names = new Set<string>();
  /** What each of the run's groups is called by, as it was shown last. */
  readonly #called = new Map<string, string>();
  readonly #released = new Set<string>();
  /** Names that the run has sent, and that no group had afterwards: who makes one by them now is somebody else. */
  readonly #absent = new Set<string>();
  /** Names of updates of which it is not known what came of them. */
  readonly #tried = new Set<string>();
  readonly #pending = new Set<Creation>();
  #refused: Creation[] = [];
  /** Names of those that were refused, those too that are settled. */
  readonly #refusedNames = new Set<string>();
  #others: ReadonlySet<string> | undefined;

  constructor(note: (change: Partial<Journal>) => Promise<void>) {
    this.#note = note;
  }

  /** The ids of the groups that are there before the first of the run's; undefined where they cannot be listed. */
  begin(others: Iterable<string> | undefined): void {
    this.#others = others && new Set(others);
  }

  /** Is it one of the run's that is there still? */
  has(id: unknown): boolean {
    return typeof id === "string" && this.#ids.has(id) && !this.#gone.has(id);
  }

  /** Was it the run's at any time? */
  had(id: string): boolean {
    return this.#ids.has(id);
  }

  get size(): number {
    return this.#ids.size - this.#gone.size;
  }

  get #there(): ReadonlySet<string> {
    return new Set([...this.#ids].filter((id) => !this.#gone.has(id)));
  }

  /** To be called before they are sent. */
  async creates(creations: readonly Creation[]): Promise<void> {
    for (const one of creations) this.#pending.add(one);
    await this.save();
  }

  /** The PBX says that it is made, by this id. */
  async created(creation: Creation, id: string): Promise<void> {
    this.#pending.delete(creation);
    this.#calls(creation.name);
    this.#gone.delete(id);
    this.#destroyed.delete(id);
    this.#ids.add(id);
    await this.save();
  }

  /** It is refused. That is on disk when the next is. */
  refused(creation: Creation): void {
    this.#pending.delete(creation);
    this.#refused.push(creation);
    this.#refusedNames.add(creation.name);
  }

  /** All groups that there are now: what none of them is called by nothing came of, or is free again. */
  sawAll(there: readonly Group[]): void {
    const names = new Set(there.map(({ name }) => String(name)));
    this.#refused = this.#refused.filter(({ name }) => names.has(name));
    for (const name of this.#names) if (!names.has(name)) this.#absent.add(name);
  }

  /** To be called before groups of the run are given these names. */
  async names(names: readonly unknown[]): Promise<void> {
    for (const name of names) this.#tried.add(String(name));
    await this.save();
  }

  /** A group of the run has been given this name. */
  isCalled(name: unknown): void {
    if (name === undefined) return;
    this.#tried.delete(String(name));
    this.#calls(String(name));
  }

  /** It is shown by this name, and so by none that it had before. */
  isShownAs(id: string, name: unknown): void {
    if (name === undefined) return;
    const before = this.#called.get(id);
    this.#called.set(id, String(name));
    if (before !== undefined) this.#released.add(before);
    this.#calls(String(name));
  }

  #calls(name: string): void {
    this.#names.add(name);
    this.#released.delete(name);
    this.#absent.delete(name);
  }

  /** None has: that is on disk when the next is. */
  isNotCalled(name: unknown): void {
    this.#tried.delete(String(name));
  }

  isGone(id: string): void {
    this.#gone.add(id);
  }

  /** The PBX says that it has destroyed it, for a check. */
  wasDestroyed(id: string): void {
    this.#destroyed.add(id);
  }

  /** Has the run sent this name for a group, whatever came of it? */
  hasSent(name: string): boolean {
    const isSettled = [this.#names, this.#tried, this.#refusedNames].some((names) => names.has(name));
    return isSettled || [...this.#pending].some((one) => one.name === name);
  }

  /** What is known of them while the run is at work. */
  facts(prefix: string): GroupFacts {
    const isFree = (name: string) => this.#released.has(name) || this.#absent.has(name);
    return {
      prefix,
      ids: this.#there,
      destroyed: this.#destroyed,
      names: new Set([...[...this.#names].filter((name) => !isFree(name)), ...this.#tried]),
      released: new Set([...this.#released].filter((name) => !this.#absent.has(name))),
      pending: [...this.#pending],
      refused: this.#refused,
      others: this.#others,
      isAtWork: true,
      told: new Set(),
    };
  }

  /** Puts on disk what came of those that were sent. */
  async save(): Promise<void> {
    await this.#note({
      groups: [...this.#there],
      groupNames: [...new Set([...this.#names, ...this.#tried])],
      pendingGroups: [...this.#pending],
      otherGroups: this.#others === undefined ? null : [...this.#others],
    });
  }
}
