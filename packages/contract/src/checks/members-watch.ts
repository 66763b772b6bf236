import { Skip } from "../check.ts";
import { type Context, send } from "../context.ts";
import { isGroupGone, type Membership, numbersIn, putMembersBack, readMembers, takenAway } from "../guard/members.ts";
import { mostOnPage } from "../paging.ts";
import { guardOf } from "../writing.ts";
import { toldOf } from "./members-known.ts";
import { differs, listed, type Member } from "./members-there.ts";
import { TenantsGroups } from "./tenants-groups.ts";

/** A group of the tenant's own whose members are not as they were. */
interface Changed {
  group: string;
  before: string[];
  now: string[];
}

type Members = ReadonlyMap<string, readonly Member[]>;

/** Sees that the tenant's own groups have the members at the end of the run that they had before. */
export class MembersWatch {
  readonly #context: Context;
  #before: ReadonlyMap<string, string[]> = new Map();
  /** The ids of the groups that users are put into. */
  readonly #own = new Set<string>();
  /** The numbers of those who were seen in them. */
  readonly #seen = new Set<string>();
  /** The numbers of those whom somebody else has put into others. */
  readonly #theirs = new Set<string>();
  /** The ids of the groups that were told of. */
  readonly #told = new Set<string>();

  constructor(context: Context) {
    this.#context = context;
    guardOf(context).onRestore(() => this.#putBack());
    TenantsGroups.leaveMembers(context);
  }

  /** Who was in the tenant's own groups, by their ids, before the run wrote to any. */
  knows(groups: Members): void {
    this.#before = new Map([...groups].map(([id, members]) => [id, numbersIn(members).sort()] as const));
  }

  /** Who is in them by now. Whoever has come into one is watched too, and told of; whoever is not there any more still is. */
  knowsMore(groups: Members): void {
    const come = new Set<string>();
    const known = new Map(this.#before);
    for (const [id, members] of groups) {
      const before = known.get(id) ?? [];
      const fresh = numbersIn(members).filter((number) => !before.includes(number));
      if (known.has(id)) for (const number of fresh) come.add(number);
      known.set(id, [...before, ...fresh].sort());
    }
    this.#before = known;
    if (come.size > 0) this.#context.session.notes.push(toldOf(come));
  }

  /** To be called before the first user is put into a group of the run's own: should it be killed, restore knows. */
  async begin(): Promise<void> {
    const members = this.#memberships;
    if (members.length > 0) await guardOf(this.#context).belongings.keepsMembers(members);
  }

  owns(id: string): void {
    this.#own.add(id);
  }

  /** Who is in a group of the run's own. */
  saw(members: readonly Member[]): void {
    for (const number of numbersIn(members)) this.#seen.add(number);
  }

  /** Is this user now in a group of the tenant's that did not have them? */
  async isElsewhere(number: string): Promise<boolean> {
    const changed = await this.#changed(this.#before.keys());
    return changed.some(({ before, now }) => now.includes(number) && !before.includes(number));
  }

  /** Where this user is now is somebody else's doing. */
  isTheirs(number: string): void {
    this.#theirs.add(number);
  }

  get #memberships(): Membership[] {
    return [...this.#before].flatMap(([group, numbers]) => numbers.map((number) => ({ group, number })));
  }

  async #putBack(): Promise<void> {
    const context = this.#context;
    // One answer that differs may be a slip.
    const groups = this.#memberships.map(({ group }) => group);
    const changed = await this.#changed(idsOf(await this.#changed(new Set(groups))));
    if (changed.length === 0) return;
    for (const one of changed) this.#tell(one);
    const grouping = { session: context.session, own: [...this.#own], contract: context.contract };
    const gone = changed.flatMap(({ group, before, now }) =>
      before.filter((number) => !now.includes(number)).map((number) => ({ group, number })),
    );
    // Who was never in a group of the run's was moved by somebody else, and that is left as theirs.
    this.saw((await takenAway(grouping, gone)).map(({ number }) => ({ extension_number: number })));
    const taken = gone.filter(({ number }) => this.#seen.has(number));
    await putMembersBack(grouping, taken);
    const left = taken.length === 0 ? changed : await this.#changed(idsOf(changed));
    if (left.length === 0) return;
    const what = left.map(({ before, now }) => `${before.join(", ")} before, ${now.join(", ") || "none"} now`);
    throw new Error(
      `A call park group of the tenant has other members than before the run, which changed none of them: ${what.join("; ")}.`,
    );
  }

  #tell({ group, before, now }: Changed): void {
    if (this.#told.has(group)) return;
    this.#told.add(group);
    const had = `the members ${before.join(", ")} of a group of the tenant`;
    this.#context.aftermath.push(differs(this.#context, "others_changed", listed, had, now.join(", ") || "none"));
  }

  async #changed(among: Iterable<string>): Promise<Changed[]> {
    const changed: Changed[] = [];
    for (const group of among) {
      const before = this.#before.get(group) ?? [];
      const ask = (path: string) => send(this.#context, { method: "GET", path });
      const { members, exchange } = await readMembers(ask, group, mostOnPage(this.#context.contract));
      // That a group is gone is told of the groups.
      if (members === undefined && (await isGroupGone(this.#context, group, exchange))) continue;
      if (members === undefined)
        throw new Skip(
          `The members of a call park group of the tenant could not be read again (status ${exchange.status}), so whether they are as before the run is not known.`,
        );
      const now = numbersIn(members)
        .filter((number) => before.includes(number) || !this.#theirs.has(number))
        .sort();
      if (now.join() !== before.join()) changed.push({ group, before, now });
    }
    return changed;
  }
}

const idsOf = (changed: readonly Changed[]): string[] => changed.map(({ group }) => group);
