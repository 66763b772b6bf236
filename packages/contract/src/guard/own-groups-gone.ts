import type { Contract } from "../contract-document.ts";
import type { Creation } from "../journal/journal.ts";
import { itemsIn } from "../paging.ts";
import type { Session } from "../session.ts";
import { type Group, groupsPath, hasId, isUnlisted, listGroups, movedParts } from "./group-listing.ts";
import type { GroupFacts } from "./group-records.ts";
import { isGone } from "./members.ts";
import { isSettings } from "./settings.ts";

/** What became of the groups that a run had made. */
export interface Outcome {
  /** Every group that was listed before the run's own were destroyed. */
  there: Group[] | undefined;
  /** Why they are not all gone, for people. */
  failures: string[];
  /** Groups that may be the run's, or somebody else's: they are left. */
  doubtful: Group[];
}

/**
 * Destroys the call park groups that a run had made: those that bear its own name, those of its ids that are still
 * called as it called them, and those whose making was not answered, where it is known that they were not there before.
 */
export const destroyOwnGroups = async (session: Session, contract: Contract, facts: GroupFacts): Promise<Outcome> =>
  new OwnGroupsGone(session, contract, facts).outcome();

/** Why what cannot be told from somebody else's is left, and what to do. */
export const tellDoubtful = (groups: readonly Group[]): string => {
  const listed = groups.map(({ id, name }) => `${JSON.stringify(name) ?? "one without a name"} (${id})`);
  return `Left as they are, as they may be the run's own or somebody else's: the call park groups ${listed.join(", ")}. Destroy by hand those that nobody knows, then restore again.`;
};

class OwnGroupsGone {
  readonly #session: Session;
  readonly #contract: Contract;
  readonly #facts: GroupFacts;
  /** Ids of the groups whose destruction the PBX has granted. */
  readonly #destroyed: Set<string>;
  /** Was the PBX seen to make groups that it had refused? */
  #makesRefused = false;

  constructor(session: Session, contract: Contract, facts: GroupFacts) {
    this.#session = session;
    this.#contract = contract;
    this.#facts = facts;
    this.#destroyed = new Set(facts.destroyed);
  }

  async outcome(): Promise<Outcome> {
    const { ids, pending, others } = this.#facts;
    const listing = await listGroups(this.#session, this.#contract);
    const { groups: there = [], isWhole, isUnknown } = listing;
    const named = there.filter(hasId);
    this.#makesRefused = named.some((group) => this.#wasUntold(group));
    const mine = named.filter((group) => this.#isMine(group));
    const doubtful = named.filter((group) => !ids.has(group.id) && !mine.includes(group) && this.#mayBeMine(group));
    const remaining: string[] = [];
    const stubborn: Group[] = [];
    for (const group of mine.length === 0 ? [] : await this.#swept(mine))
      if (!(await this.#isDestroyed(group.id))) stubborn.push(group);
    for (const id of ids) {
      if (mine.some((group) => group.id === id)) continue;
      const listed = named.find((group) => group.id === id);
      const found = await this.#found(id, listed, isWhole);
      if (found === "gone") continue;
      if (found === "unknown") remaining.push(id);
      else if (!this.#isCalled(found)) doubtful.push(found);
      else if (!(await this.#isDestroyed(id))) remaining.push(String(found.name));
    }
    // What was listed by another id than it was made by has gone by that one meanwhile.
    for (const { id, name } of stubborn) if (!(await this.#isAbsent(id))) remaining.push(String(name));
    // A PBX that has listed or made groups has them, whatever it says of the list now.
    const hasNone = isUnknown && others === undefined && ids.size === 0;
    // What a list that is not whole leaves out may be what no answer told the id of.
    if (pending.length > 0 && !isWhole && !hasNone) {
      const names = remaining.length > 0 ? [this.#facts.prefix] : new Set(pending.map(({ name }) => name));
      const failure = `The groups could not be listed: one called ${[...names].join(" or ")} may be left over.`;
      return { there: listing.groups, failures: [failure], doubtful };
    }
    const failures = remaining.length === 0 ? [] : [leftOver(remaining)];
    return { there: listing.groups, failures, doubtful };
  }

  #isOwnName(name: unknown): boolean {
    return String(name).startsWith(this.#facts.prefix);
  }

  /** Of a group with an id of the run's: is it by a name of the run's? While the run is at work, the id says enough. */
  #isCalled({ name }: Group): boolean {
    return this.#facts.isAtWork || this.#isOwnName(name) || this.#facts.names.has(String(name));
  }

  #isMine(group: Group): boolean {
    const { ids, names, others, pending, isAtWork } = this.#facts;
    // What was there before is the tenant's, whatever it is called now.
    if (others?.has(group.id)) return false;
    if (ids.has(group.id) || this.#isOwnName(group.name)) return this.#isCalled(group);
    if (others === undefined) return false;
    if (isAtWork && names.has(String(group.name))) return true;
    if (pending.some((one) => one.isLawful && isAsSent(one, group))) return true;
    // By a name that anybody may choose, what must be refused and is there all the same is rather somebody else's.
    return this.#makesRefused && this.#isAsRefused(group);
  }

  /** Is it by a name of the run's own that nothing was made by, as far as the PBX has told? */
  #wasUntold({ id, name }: Group): boolean {
    const { ids, names, others, pending, isAtWork } = this.#facts;
    if (!isAtWork || others === undefined || others.has(id) || ids.has(id) || !this.#isOwnName(name)) return false;
    return !names.has(String(name)) && !pending.some((one) => one.isLawful && one.name === name);
  }

  /** Is it as it was sent to be refused? */
  #isAsRefused(group: Group): boolean {
    const { pending, refused } = this.#facts;
    return [...pending.filter(({ isLawful }) => !isLawful), ...refused].some((one) => isAsSent(one, group));
  }

  /** Is it by a name that the run sent, and was perhaps not there before? */
  #mayBeMine(group: Group): boolean {
    const { names, released, others, pending } = this.#facts;
    if (others?.has(group.id) === true) return false;
    const name = String(group.name);
    const isSent = names.has(name) || released.has(name) || pending.some((one) => one.name === name);
    return isSent || this.#isAsRefused(group);
  }

  /** What has an id of the run's now: another's, where the PBX gives ids out again. */
  async #found(id: string, listed: Group | undefined, isWhole: boolean): Promise<Group | "gone" | "unknown"> {
    const { status, json } = await this.#session.send({ method: "GET", path: pathOf(id) });
    if (status === 200 && isSettings(json)) return { ...json, id };
    if (listed !== undefined) return listed;
    // By itself that it is not found proves nothing: all else may not be found either, for a while.
    return isWhole || (isGone(status) && this.#destroyed.has(id)) ? "gone" : "unknown";
  }

  /** Destroys them all and answers with those that may not be gone: refused, or listed still. */
  async #swept(groups: readonly Group[]): Promise<Group[]> {
    const refused = new Set<string>();
    for (const { id } of groups) if ((await this.#destroy(id)) >= 300) refused.add(id);
    const { groups: there } = await listGroups(this.#session, this.#contract);
    return groups.filter(({ id }) => refused.has(id) || there === undefined || there.some((group) => group.id === id));
  }

  /** Once more where the PBX failed at it. */
  async #isDestroyed(id: string, attempts = 2): Promise<boolean> {
    const group = pathOf(id);
    const said = await this.#destroy(id);
    const { status } = await this.#session.send({ method: "GET", path: group });
    const isAbsent = isGone(status) || isGone(said);
    if (isAbsent && (this.#destroyed.has(id) || (await this.#isUnlisted(id)))) return true;
    // What is shown still, or cannot be shown, is gone all the same where nothing is left to destroy.
    if (said < 300 && isGone(await this.#destroy(id))) return true;
    if (said >= 400 && said < 500) await this.#emptied(group);
    return attempts > 1 && this.#isDestroyed(id, attempts - 1);
  }

  async #destroy(id: string): Promise<number> {
    const status = await this.#post(`${pathOf(id)}/destroy`);
    if (status < 300) this.#destroyed.add(id);
    return status;
  }

  /** Is it neither shown nor listed? */
  async #isAbsent(id: string): Promise<boolean> {
    const { status } = await this.#session.send({ method: "GET", path: pathOf(id) });
    return isGone(status) && this.#isUnlisted(id);
  }

  async #isUnlisted(id: string): Promise<boolean> {
    return isUnlisted(await listGroups(this.#session, this.#contract), id);
  }

  /** A PBX may keep a group that has members: without them it goes. */
  async #emptied(group: string): Promise<void> {
    const { json } = await this.#session.send({ method: "GET", path: `${group}/members` });
    for (const { extension_number: number } of itemsIn(json).filter(isNumbered))
      await this.#post(`${group}/members/${encodeURIComponent(number)}/destroy`);
  }

  async #post(path: string): Promise<number> {
    return (await this.#session.send({ method: "POST", path })).status;
  }
}

const leftOver = (names: readonly string[]): string =>
  `The run's own call park groups could not be destroyed: ${names.join(", ")}.`;

/** Is it by the name that was sent, and otherwise too, as far as it is shown? */
const isAsSent = ({ name, isLawful: _, ...rest }: Creation, group: Group): boolean =>
  name === String(group.name) && movedParts(rest, group).length === 0;

const pathOf = (id: string): string => `${groupsPath}/${encodeURIComponent(id)}`;

const isNumbered = (item: Record<string, unknown>): item is { extension_number: string } =>
  typeof item["extension_number"] === "string";
