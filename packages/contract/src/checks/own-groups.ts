import { randomBytes } from "node:crypto";
import { Skip } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { pathPointer } from "../judge.ts";
import { itemsIn } from "../paging.ts";
import type { Exchange } from "../wire.ts";
import { guardOf } from "../writing.ts";
import { type Group, groupsOf, isAlike, path, wholeOf } from "./group-list.ts";

export const post = (context: Context, to: string, body?: unknown): Promise<Exchange> =>
  send(context, {
    method: "POST",
    path: to,
    ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });

/** Made by the checks of one run, and undone at its end. */
const ofRun = new WeakMap<Context, OwnGroups>();

/** Call park groups of the run's own making, all gone at its end: those too whose making was not answered. */
export class OwnGroups {
  /** How their names begin. */
  readonly name: string;
  readonly #context: Context;
  /** The tenant's own, as they were before the first of the run's. */
  readonly #others: ReadonlyMap<string, Group> | undefined;
  readonly #names = new Set<unknown>();
  /** A creation whose answer never came. */
  #unanswered = false;
  readonly #ids = new Set<string>();
  readonly #taken = new Set<unknown>();
  readonly #renamed = new Set<string>();
  /** As they were shown by themselves, and not written since. */
  readonly #shown = new Map<unknown, Readonly<Record<string, unknown>>>();
  /** Destroyed by a check, and seen to be gone. */
  readonly #gone = new Set<string>();
  #one: { id: string; name: string; path: string } | undefined;
  #other: { id: string; name: string; path: string } | undefined;

  private constructor(context: Context, there: Group[] | undefined) {
    this.#context = context;
    this.#others = there && new Map(there.map((group) => [group.id, group]));
    for (const { name } of there ?? []) this.#taken.add(name);
    this.name = `${guardOf(context).belongings.name}-${randomBytes(4).toString("hex")}`;
    guardOf(context).onRestore(() => this.#destroyAll());
  }

  /** The groups of this run, which its checks share. Looks first which ones there are, to know its own from them. */
  static async of(context: Context): Promise<OwnGroups> {
    const known = ofRun.get(context);
    if (known !== undefined) return known;
    await guardOf(context).prepare();
    const there = wholeOf(await context.session.once(path)) ?? (await groupsOf(context));
    const groups = new OwnGroups(context, there);
    ofRun.set(context, groups);
    return groups;
  }

  /** How many of the run's groups are there, as far as it knows. */
  get size(): number {
    return this.#ids.size - this.#gone.size;
  }

  /** A group to work with, made once and destroyed at the end. */
  async one(): Promise<{ id: string; name: string; path: string }> {
    this.#one ??= await this.made("one");
    return this.#one;
  }

  /** A second one. */
  async other(): Promise<{ id: string; name: string; path: string }> {
    this.#other ??= await this.made("other");
    return this.#other;
  }

  /** Is it one of the run's, by its id? */
  has(id: unknown): boolean {
    return typeof id === "string" && this.#ids.has(id) && !this.#gone.has(id);
  }

  /** @throws Skip where the PBX makes no groups: what is wrong with that is another check's finding. */
  async made(end: string): Promise<{ id: string; name: string; path: string }> {
    const name = `${this.name}-${end}`;
    const exchange = await this.create({ name, recall_to: "USER_ONLY" });
    const id = (exchange.json as { id?: unknown } | undefined)?.id;
    if (exchange.status >= 300 || typeof id !== "string")
      throw new Skip(`No call park group could be made (status ${exchange.status}).`);
    return { id, name, path: pathOf(id) };
  }

  /** The names of listed groups that were not there before the run, but for those that it made. */
  unexpected(there: readonly Group[]): string[] {
    return there
      .filter(({ id }) => this.#others?.has(id) === false && !this.#ids.has(id))
      .map(({ name }) => String(name));
  }

  /** A check has destroyed it, and it is refused to whoever asks for it. */
  isGone(id: string): void {
    this.#gone.add(id);
  }

  /** A name that a group of the run is given in place of the one that it was made with. */
  renames(id: string, name: string): void {
    this.#names.add(name);
    this.#renamed.add(id);
  }

  wasShown(group: Readonly<Record<string, unknown>>): void {
    this.#shown.set(group["id"], group);
  }

  /** As it was shown by itself, where it has not been written since. */
  shown(id: unknown): Readonly<Record<string, unknown>> | undefined {
    return this.isRenamed(id) ? undefined : this.#shown.get(id);
  }

  /** What the last update of the group to work with wrote. */
  written: Record<string, unknown> | undefined;

  /** Was it given another name? */
  isRenamed(id: unknown): boolean {
    return typeof id === "string" && this.#renamed.has(id);
  }

  /** Names that are none of the run's. */
  get isTaken(): (name: string) => boolean {
    return (name) => this.#names.has(name) || this.#taken.has(name);
  }

  async create(body: Record<string, unknown>): Promise<Exchange> {
    this.#names.add(body["name"]);
    await guardOf(this.#context).belongings.makesGroup(body["name"], this.#others?.keys());
    this.#unanswered = true;
    const exchange = await post(this.#context, path, body);
    this.#unanswered = exchange.status >= 500;
    await this.#owns(exchange);
    return exchange;
  }

  /** Two at the same time by one name. */
  async race(body: Record<string, unknown>): Promise<Exchange[]> {
    this.#names.add(body["name"]);
    await guardOf(this.#context).belongings.makesGroup(body["name"], this.#others?.keys());
    this.#unanswered = true;
    // Both are over before anything else is done, also where one got no answer.
    const both = await Promise.allSettled([post(this.#context, path, body), post(this.#context, path, body)]);
    const exchanges = both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    this.#unanswered = exchanges.length < both.length || exchanges.some(({ status }) => status >= 500);
    for (const exchange of exchanges) await this.#owns(exchange);
    for (const one of both) if (one.status === "rejected") throw one.reason;
    return exchanges;
  }

  async #owns({ status, json }: Exchange): Promise<void> {
    const id = (json as { id?: unknown } | undefined)?.id;
    if (status >= 300 || typeof id !== "string") return;
    this.#ids.add(id);
    await guardOf(this.#context).belongings.ownsGroup(id);
  }

  /** The groups that the PBX lists now. Undefined where they cannot be listed. */
  listed(): Promise<Group[] | undefined> {
    return groupsOf(this.#context);
  }

  /** Once more where the PBX failed at it. */
  async #isDestroyed(group: string, isListed: boolean, attempts = 2): Promise<boolean> {
    const destroy = async () => (await post(this.#context, `${group}/destroy`)).status;
    const said = await destroy();
    if (isRefused((await send(this.#context, { method: "GET", path: group })).status)) return true;
    // What is shown still, or cannot be shown, is gone all the same where nothing is left to destroy.
    if (said < 300 && isRefused(await destroy())) return true;
    if (isRefused(said) && !isListed) return true;
    if (isRefused(said)) await this.#emptied(group);
    return attempts > 1 && this.#isDestroyed(group, isListed, attempts - 1);
  }

  /** A PBX may keep a group that has members: without them it goes. */
  async #emptied(group: string): Promise<void> {
    const { json } = await send(this.#context, { method: "GET", path: `${group}/members` });
    for (const { extension_number: number } of itemsIn(json).filter(isNumbered))
      await post(this.#context, `${group}/members/${encodeURIComponent(number)}/destroy`);
  }

  /** Destroys them all and answers with those that may not be gone: refused, or listed still. */
  async #swept(groups: readonly Group[]): Promise<Group[]> {
    const refused = new Set<string>();
    for (const { id } of groups)
      if ((await post(this.#context, `${pathOf(id)}/destroy`)).status >= 300) refused.add(id);
    const there = await groupsOf(this.#context);
    return groups.filter(({ id }) => refused.has(id) || there === undefined || there.some((group) => group.id === id));
  }

  async #destroyAll(): Promise<void> {
    const mine = ({ id, name }: Group) =>
      this.#ids.has(id) ||
      (this.#others?.has(id) === false && (this.#names.has(name) || String(name).startsWith(this.name)));
    const there = await groupsOf(this.#context);
    if (there === undefined && this.#unanswered)
      throw new Error(`The groups could not be listed: one called ${this.name} may be left over.`);
    const remaining: string[] = [];
    const listed = there?.filter(mine) ?? [];
    const left = listed.length === 0 ? [] : await this.#swept(listed);
    // A list may leave out what is there.
    const unlisted = [...this.#ids].filter((id) => !this.#gone.has(id) && !listed.some((group) => group.id === id));
    for (const { id, name } of [...left, ...unlisted.map((id) => ({ id, name: id }))]) {
      const isListed = listed.some((group) => group.id === id);
      if (!(await this.#isDestroyed(pathOf(id), isListed))) remaining.push(String(name));
    }
    if (remaining.length > 0)
      throw new Error(`The run's own call park groups could not be destroyed: ${remaining.join(", ")}.`);
    this.#tell(await this.#changedTwice(there));
  }

  /** The names of the tenant's own groups that are gone, or not as they were. */
  #changed(there: readonly Group[] | undefined): string[] {
    if (there === undefined || this.#others === undefined) return [];
    const now = new Map(there.map((group) => [group.id, group]));
    return [...this.#others]
      .filter(([id, before]) => !isAlike(before, now.get(id)))
      .map(([id, { name }]) => `${String(name)} ${now.has(id) ? "is another" : "is gone"}`);
  }

  /** What has become meanwhile of the groups that were there before. */
  async judgeOthers(there: readonly Group[] | undefined): Promise<Finding[]> {
    const changed = await this.#changedTwice(there);
    return changed.length === 0 ? [] : [this.#othersChanged(changed)];
  }

  /** One list that differs may be a slip of the listing. */
  async #changedTwice(there: readonly Group[] | undefined): Promise<string[]> {
    return this.#changed(there).length === 0 ? [] : this.#changed(await groupsOf(this.#context));
  }

  #othersChanged(changed: readonly string[]): Finding {
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

  #tell(changed: readonly string[]): void {
    if (changed.length === 0) return;
    this.#context.aftermath.push(this.#othersChanged(changed));
    throw new Error(
      `Call park groups of the tenant are not as before the run, which wrote to none of them: ${changed.join(", ")}.`,
    );
  }
}

const pathOf = (id: string) => `${path}/${encodeURIComponent(id)}`;

const isRefused = (status: number): boolean => status >= 400 && status < 500;

const isNumbered = (item: Record<string, unknown>): item is { extension_number: string } =>
  typeof item["extension_number"] === "string";
