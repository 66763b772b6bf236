import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import type { Group } from "../guard/group-listing.ts";
import type { GroupRecords } from "../guard/group-records.ts";
import { pathPointer } from "../judge.ts";
import { groupsOf, isAkin, isAlike } from "./group-list.ts";

/** The call park groups that were there before the run made any: whether they are as they were, and who else has a hand in them. */
export class TenantsGroups {
  readonly #context: Context;
  /** As they were. */
  readonly #before: ReadonlyMap<string, Group> | undefined;
  readonly #records: GroupRecords;
  /** How the names of the run's own begin. */
  readonly #ownName: string;
  readonly #names: ReadonlySet<unknown>;

  constructor(context: Context, there: readonly Group[] | undefined, records: GroupRecords, ownName: string) {
    this.#context = context;
    this.#before = there && new Map(there.map((group) => [group.id, group]));
    this.#records = records;
    this.#ownName = ownName;
    this.#names = new Set(there?.map(({ name }) => name));
  }

  /** Undefined where they could not be listed. */
  get ids(): Iterable<string> | undefined {
    return this.#before?.keys();
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

  /**
   * The same at the end of the run: what somebody else has done is a note.
   *
   * @throws Error where they are not as they were.
   */
  async judgeAtEnd(there: readonly Group[] | undefined): Promise<void> {
    this.#noteRenamed(there);
    const changed = await this.#changedTwice(there);
    if (changed.length === 0) return;
    this.#context.aftermath.push(this.#changedFinding(changed));
    throw new Error(
      `Call park groups of the tenant are not as before the run, which wrote to none of them: ${changed.join(", ")}.`,
    );
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

  /** The names of those that are gone, or not as they were. */
  #changed(there: readonly Group[] | undefined): string[] {
    if (there === undefined || this.#before === undefined) return [];
    const now = new Map(there.map((group) => [group.id, group]));
    return [...this.#before]
      .filter(([id, before]) => !isAlike(before, now.get(id)) && !this.#isRenamedBySomebody(before, now.get(id)))
      .map(([id, { name }]) => `${String(name)} ${now.has(id) ? "is another" : "is gone"}`);
  }

  /** One list that differs may be a slip of the listing. */
  async #changedTwice(there: readonly Group[] | undefined): Promise<string[]> {
    return this.#changed(there).length === 0 ? [] : this.#changed(await groupsOf(this.#context));
  }

  #changedFinding(changed: readonly string[]): Finding {
    // Which request did it is not known: this is where it shows.
    const operation = "GET /call_park_groups";
    return finding(this.#context, {
      code: "call_park_groups.others_changed",
      operation,
      documented: "only the group is changed that a request names",
      received: `of the groups that were there before the run, ${changed.join(", ")}`,
      pointer: pathPointer(operation),
    });
  }
}
