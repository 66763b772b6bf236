import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { type Group, type Listing, listGroups, partsOf, groupsPath as path } from "../guard/group-listing.ts";
import type { GroupRecords } from "../guard/group-records.ts";
import { notAsBefore, taleOf } from "../guard/groups-as-before.ts";
import type { TenantGroup } from "../journal/journal.ts";
import { pathPointer } from "../judge.ts";
import { WireError } from "../wire.ts";
import { guardOf } from "../writing.ts";
import { groupsOf, isAkin, wholeOf } from "./group-list.ts";
import { TenantsMembers } from "./tenants-members.ts";

const ofRun = new WeakMap<Context, TenantsGroups>();

/** The call park groups that were there before the run wrote anything: whether they are as they were, and who else has a hand in them. */
export class TenantsGroups {
  readonly #context: Context;
  /** As they were. */
  readonly #before: ReadonlyMap<string, Group> | undefined;
  readonly #records: GroupRecords;
  /** How the names of the run's own begin. */
  readonly #ownName: string;
  readonly #names: ReadonlySet<unknown>;
  /** Had the list all that the PBX counts? */
  readonly isWhole: boolean;
  /** Undefined where nobody has to look at their members. */
  members: TenantsMembers | undefined;
  /** The list that has been read at the end already. */
  listedAtEnd: readonly Group[] | undefined;

  private constructor(context: Context, { groups, isWhole }: Pick<Listing, "groups" | "isWhole">) {
    this.#context = context;
    this.#before = groups && new Map(groups.map((group) => [group.id, group]));
    const { belongings } = guardOf(context);
    this.#records = belongings.groups;
    this.#ownName = belongings.name;
    this.#names = new Set(groups?.map(({ name }) => name));
    this.isWhole = isWhole;
    if (groups !== undefined) guardOf(context).onEnd(() => this.#leftChanged(), true);
  }

  /** Looks which ones there are, where that has not been done yet. */
  static async of(context: Context): Promise<TenantsGroups> {
    const known = ofRun.get(context);
    if (known !== undefined) return known;
    const { session, contract } = context;
    const whole = wholeOf(await session.once(path));
    const groups = new TenantsGroups(
      context,
      whole ? { groups: whole, isWhole: true } : await listGroups(session, contract),
    );
    ofRun.set(context, groups);
    return groups;
  }

  /** To be called before the first write: looks what the tenant's groups are and who is in them, and keeps that on disk. */
  static async watch(context: Context): Promise<void> {
    if (!context.contract.has("GET /call_park_groups") || !hasRoom(context)) return;
    let tenants: TenantsGroups;
    try {
      tenants = await TenantsGroups.of(context);
      if (tenants.#before !== undefined) tenants.members = await TenantsMembers.of(context, tenants.#before.keys());
    } catch (error) {
      // Another check says what is wrong with the groups.
      if (!(error instanceof WireError)) throw error;
      return;
    }
    await guardOf(context).belongings.keepsTenantsGroups(tenants.#asBefore());
  }

  /** Where something else looks at the members, at the end too. */
  static leaveMembers(context: Context): void {
    const tenants = ofRun.get(context);
    if (tenants) tenants.members = undefined;
  }

  /** Undefined where they could not be listed. */
  get ids(): Iterable<string> | undefined {
    return this.#before?.keys();
  }

  get all(): Group[] {
    return [...(this.#before?.values() ?? [])];
  }

  has(id: string): boolean {
    return this.#before?.has(id) === true;
  }

  isCalled(name: unknown): boolean {
    return this.#names.has(name);
  }

  /** The names of listed groups that were not there before the run, but for those that it or somebody else made. */
  unexpected(there: readonly Group[]): string[] {
    return there
      .filter(({ id }) => this.#before?.has(id) === false && !this.#records.had(id))
      .filter(({ name }) => !this.#isSomebodys(name))
      .map(({ name }) => String(name));
  }

  /** What has become of them meanwhile. */
  async judge(there: readonly Group[] | undefined): Promise<Finding[]> {
    const changed = await this.#changedTwice(there);
    return changed.length === 0 ? [] : [this.#changedFinding(changed)];
  }

  /** The same at the end of the run, when everything has been put back: what somebody else has done is a note. */
  async #leftChanged(): Promise<string | undefined> {
    const there = this.listedAtEnd ?? (await groupsOf(this.#context));
    const changed = await this.#changedTwice(there);
    const tales = [...changed.map(({ tale }) => tale), ...((await this.members?.judgeAtEnd(this.#before)) ?? [])];
    this.#noteRenamed(there);
    if (there === undefined) this.#context.session.notes.push(unlisted);
    if (changed.length > 0) this.#context.aftermath.push(this.#changedFinding(changed));
    return tales.length > 0 ? notAsBefore(tales) : undefined;
  }

  #asBefore(): TenantGroup[] {
    return [...(this.#before?.values() ?? [])].map(({ id, ...group }) => {
      const members = this.members?.of(id);
      return { ...partsOf({ id, ...group }), ...(members && { members }) };
    });
  }

  /** What a PBX makes by itself has no name, or has to do with one that was sent. */
  #isSomebodys(name: unknown): boolean {
    return typeof name === "string" && name !== "" && !name.includes(this.#ownName) && !this.#records.hasSent(name);
  }

  /** A name that has to do with none that was sent, nor with the one that was there, is made up by no PBX. */
  #isRenamedBySomebody({ name: before }: Group, now: Group | undefined): boolean {
    if (now === undefined || this.#names.has(now.name)) return false;
    return this.#isSomebodys(now.name) && !isAkin(String(now.name), String(before));
  }

  #noteRenamed(there: readonly Group[] = []): void {
    for (const group of there) {
      const before = this.#before?.get(group.id);
      if (before !== undefined && this.#isRenamedBySomebody(before, group))
        this.#context.session.notes.push(
          `Somebody else has changed a call park group of the tenant during the run: ${String(before.name)} is called ${String(group.name)} now.`,
        );
    }
  }

  /** Those that are gone, or not as they were. */
  #changed(there: readonly Group[] | undefined): Changed[] {
    if (there === undefined || this.#before === undefined) return [];
    const now = new Map(there.map((group) => [group.id, group]));
    return this.#asBefore().flatMap((before) => {
      const group = now.get(before.id);
      const tale = taleOf(before, group && partsOf(group));
      if (tale === undefined || this.#isRenamedBySomebody(before, group)) return [];
      return [{ how: `${String(before.name)} ${group ? "is another" : "is gone"}`, tale }];
    });
  }

  /** One list that differs may be a slip of the listing. */
  async #changedTwice(there: readonly Group[] | undefined): Promise<Changed[]> {
    return this.#changed(there).length === 0 ? [] : this.#changed(await groupsOf(this.#context));
  }

  #changedFinding(changed: readonly Changed[]): Finding {
    // Which request did it is not known: this is where it shows.
    const operation = "GET /call_park_groups";
    return finding(this.#context, {
      code: "call_park_groups.others_changed",
      operation,
      documented: "only the group is changed that a request names",
      received: `of the groups that were there before the run, ${changed.map(({ how }) => how).join(", ")}`,
      pointer: pathPointer(operation),
    });
  }
}

const unlisted =
  "The call park groups of the tenant could not be listed again, so whether they are as before the run is not known.";

interface Changed {
  /** In short. */
  how: string;
  /** With all that it takes to put it right by hand. */
  tale: string;
}

/**
 * A full run of /call_park alone, made-up values and all, sends as many requests as a run may that is not asked about
 * groups: there is none left to look at them.
 */
const hasRoom = ({ write, chosen }: Context): boolean =>
  write !== "full" ||
  !chosen.has("call_park.post.properties.accepts") ||
  [...chosen].some((id) => id.startsWith("call_park_groups."));
