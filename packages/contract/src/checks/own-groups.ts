import { randomBytes } from "node:crypto";
import { Skip } from "../check.ts";
import { type Context, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { type Group, listGroups, groupsPath as path } from "../guard/group-listing.ts";
import type { GroupRecords } from "../guard/group-records.ts";
import { destroyOwnGroups, tellDoubtful } from "../guard/own-groups-gone.ts";
import type { Creation } from "../journal/journal.ts";
import type { Exchange } from "../wire.ts";
import { guardOf } from "../writing.ts";
import { wholeOf } from "./group-list.ts";
import { creationOf, groupIn, idIn, type Own, pathOf } from "./own-group.ts";
import { TenantsGroups } from "./tenants-groups.ts";

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
  /** Those of the tenant's that were there before the first of the run's. */
  readonly tenants: TenantsGroups;
  readonly #records: GroupRecords;
  readonly #renamed = new Set<string>();
  /** As they were shown by themselves, and not written since. */
  readonly #shown = new Map<unknown, Readonly<Record<string, unknown>>>();
  /** The tenant's groups as they were listed last, the run's own among them. */
  #listed: readonly Group[];
  #one: Own | undefined;
  #other: Own | undefined;
  #otherEnd = "other";

  private constructor(context: Context, tenants: TenantsGroups) {
    this.#context = context;
    this.tenants = tenants;
    this.#listed = tenants.all;
    const { belongings } = guardOf(context);
    this.name = `${belongings.name}-${randomBytes(4).toString("hex")}`;
    this.#records = belongings.groups;
    this.#records.begin(tenants.isWhole ? tenants.ids : undefined);
    guardOf(context).onRestore(() => this.#destroyAll());
  }

  /** The groups of this run, which its checks share. Looks first which ones there are, to know its own from them. */
  static async of(context: Context): Promise<OwnGroups> {
    const known = ofRun.get(context);
    if (known !== undefined) return known;
    await guardOf(context).prepare();
    const groups = new OwnGroups(context, await TenantsGroups.of(context));
    ofRun.set(context, groups);
    return groups;
  }

  /** How many of the run's groups are there, as far as it knows. */
  get size(): number {
    return this.#records.size;
  }

  /** A group to work with, made once and destroyed at the end. */
  async one(): Promise<Own> {
    this.#one ??= await this.made("one");
    return this.#one;
  }

  /** A second one. */
  async other(): Promise<Own> {
    this.#other ??= await this.made(this.#otherEnd);
    return this.#other;
  }

  /** A check has destroyed the second one, or tried to: what was then made by its name takes its place. */
  replacesOther({ name }: Own, exchange: Exchange): void {
    const id = this.#idIn(exchange);
    this.#other = id === undefined ? undefined : { id, name, path: pathOf(id) };
    this.#otherEnd = "another";
  }

  /** Is it one of the run's, by its id? */
  has(id: unknown): boolean {
    return this.#records.has(id);
  }

  /** @throws Skip where the PBX makes no groups: what is wrong with that is another check's finding. */
  async made(end: string): Promise<Own> {
    const name = `${this.name}-${end}`;
    const exchange = await this.create({ name, recall_to: "USER_ONLY" });
    const id = this.#idIn(exchange);
    if (id === undefined) throw new Skip(`No call park group could be made (status ${exchange.status}).`);
    return { id, name, path: pathOf(id) };
  }

  /** The id of the group that was made by it. One that was there before is the tenant's, whatever the answer says. */
  #idIn(exchange: Exchange): string | undefined {
    const id = idIn(exchange);
    return id !== undefined && this.tenants.has(id) ? undefined : id;
  }

  /** A check has destroyed it, and it is refused to whoever asks for it. */
  isGone(id: string): void {
    this.#records.isGone(id);
  }

  /** Destroys one, for a check. */
  async destroy({ id, path: group }: Own): Promise<Exchange> {
    const exchange = await post(this.#context, `${group}/destroy`);
    if (exchange.status < 300) this.#records.wasDestroyed(id);
    return exchange;
  }

  /** To be called before groups of the run are given other names than they were made with. */
  renames(names: readonly unknown[]): Promise<void> {
    return this.#records.names(names);
  }

  /** What came of it, when the PBX has said so. */
  wasRenamed(id: string, name: unknown, exchange: Exchange): void {
    this.#renamed.add(id);
    this.wasNamed(name, exchange);
  }

  /** The same of a name that it must refuse. */
  wasNamed(name: unknown, { status }: Exchange): void {
    // Without an answer that says so, it may have been.
    if (status < 300) this.#records.isCalled(name);
    else if (status < 500) this.#records.isNotCalled(name);
  }

  /** All have been given: what was refused is no name of the run's. */
  named(): Promise<void> {
    return this.#records.save();
  }

  /** What a PBX shows a group of the run by is its name, though it were written otherwise. */
  isShown({ id, name }: Readonly<Record<string, unknown>>): void {
    if (typeof id === "string" && this.has(id)) this.#records.isShownAs(id, name);
  }

  wasShown(group: Readonly<Record<string, unknown>>): void {
    this.isShown(group);
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
    return (name) => this.#records.hasSent(name) || this.tenants.isCalled(name);
  }

  /** Makes a group, or one that the PBX `must refuse`. */
  async create(
    body: Record<string, unknown> | Record<string, unknown>[],
    so: "must be made" | "must be refused" = "must be made",
  ): Promise<Exchange> {
    const creation = creationOf([body].flat()[0] ?? {}, so === "must be made");
    await this.#records.creates([creation]);
    const exchange = await post(this.#context, path, body);
    await this.#came(creation, exchange);
    return exchange;
  }

  /** Two at the same time by one name. */
  async race(body: Record<string, unknown>): Promise<Exchange[]> {
    const creations = [creationOf(body), creationOf(body)];
    await this.#records.creates(creations);
    // Both are over before anything else is done, also where one got no answer.
    const both = await Promise.allSettled(creations.map(() => post(this.#context, path, body)));
    for (const [index, creation] of creations.entries()) {
      const one = both[index];
      if (one?.status === "fulfilled") await this.#came(creation, one.value);
    }
    for (const one of both) if (one.status === "rejected") throw one.reason;
    return both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  }

  /** What came of it. Without an answer that says so, it may have been made. */
  async #came(creation: Creation, exchange: Exchange): Promise<void> {
    const { status } = exchange;
    if (status >= 500) return;
    // Refused for what it had made the first time, perhaps.
    if (status >= 300 && creation.isLawful && this.#context.session.wasResent(exchange)) return;
    if (status >= 300) return this.#records.refused(creation);
    const id = this.#idIn(exchange);
    if (id === undefined) return;
    await this.#records.created(creation, id);
    // What a PBX makes of what it must refuse, only it can say.
    if (!creation.isLawful) this.isShown(groupIn(await send(this.#context, { method: "GET", path: pathOf(id) })));
  }

  /** Creations by names of the run's own that must be refused, by whoever sends them. */
  async refusing(ends: readonly string[], ask: () => Promise<Finding[]>): Promise<Finding[]> {
    const creations = ends.map((end) => creationOf({ name: `${this.name}-${end}` }, false));
    await this.#records.creates(creations);
    const findings = await ask();
    // Else it may have been made.
    if (findings.length === 0) for (const creation of creations) this.#records.refused(creation);
    await this.#records.save();
    return findings;
  }

  /** The groups that the PBX lists now. Undefined where they cannot be listed. */
  async listed(): Promise<Group[] | undefined> {
    const { groups: there, isWhole } = await listGroups(this.#context.session, this.#context.contract);
    if (there !== undefined) this.#listed = there;
    if (there !== undefined && isWhole) this.#records.sawAll(there);
    return there;
  }

  /** What a list has that says that it has all. */
  sawListed(exchange: Exchange): void {
    const there = wholeOf(exchange);
    if (there === undefined) return;
    this.#listed = there;
    this.#records.sawAll(there);
  }

  /** The groups that were listed last and are none of the run's. */
  get theirs(): Group[] {
    return this.#listed.filter(({ id }) => !this.#records.had(id));
  }

  async #destroyAll(): Promise<void> {
    const { session, contract } = this.#context;
    const { belongings } = guardOf(this.#context);
    const { there, failures, doubtful } = await destroyOwnGroups(session, contract, this.#records.facts(this.name));
    this.tenants.listedAtEnd = there;
    if (doubtful.length > 0) {
      failures.push(tellDoubtful(doubtful));
      await belongings.toldOfGroups(doubtful.map(({ id }) => id));
    }
    if (failures.length > 0) throw new Error(failures.join(" "));
  }
}
