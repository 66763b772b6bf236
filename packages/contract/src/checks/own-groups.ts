import { randomBytes } from "node:crypto";
import { type Context, send } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import type { Exchange } from "../wire.ts";
import { guardOf } from "../writing.ts";
import { isPage } from "./lists.ts";

const path = "/call_park_groups";

export const post = (context: Context, to: string, body?: unknown): Promise<Exchange> =>
  send(context, {
    method: "POST",
    path: to,
    ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });

interface Group {
  id: string;
  name?: unknown;
}

/** Call park groups of the run's own making, all gone at its end: those too whose making was not answered. */
export class OwnGroups {
  /** How their names begin. */
  readonly name: string;
  readonly #context: Context;
  readonly #others: Set<string> | undefined;
  readonly #names = new Set<unknown>();
  /** A creation whose answer never came. */
  #unanswered = false;
  readonly #ids = new Set<string>();

  private constructor(context: Context, others: Set<string> | undefined) {
    this.#context = context;
    this.#others = others;
    this.name = `${guardOf(context).ownName}-${randomBytes(4).toString("hex")}`;
    guardOf(context).onRestore(() => this.#destroyAll());
  }

  /** Looks first which groups there are, to know its own from them. */
  static async begin(context: Context): Promise<OwnGroups> {
    await guardOf(context).prepare();
    const there = await groupsOf(context);
    return new OwnGroups(context, there && new Set(there.map(({ id }) => id)));
  }

  async create(body: Record<string, unknown>): Promise<Exchange> {
    this.#names.add(body["name"]);
    this.#unanswered = true;
    const exchange = await post(this.#context, path, body);
    this.#unanswered = exchange.status >= 500;
    const id = (exchange.json as { id?: unknown } | undefined)?.id;
    if (exchange.status >= 300 || typeof id !== "string") return exchange;
    this.#ids.add(id);
    await guardOf(this.#context).ownsGroup(id);
    return exchange;
  }

  /** Is it one of the groups that the PBX lists? Undefined where they cannot be listed. */
  async isListed(id: string): Promise<boolean | undefined> {
    return (await groupsOf(this.#context))?.some((group) => group.id === id);
  }

  async #destroyAll(): Promise<void> {
    const mine = ({ id, name }: Group) =>
      this.#ids.has(id) ||
      (this.#others?.has(id) === false && (this.#names.has(name) || String(name).startsWith(this.name)));
    const there = await groupsOf(this.#context);
    if (there === undefined && this.#unanswered)
      throw new Error(`The groups could not be listed: one called ${this.name} may be left over.`);
    const remaining: string[] = [];
    for (const { id, name } of there?.filter(mine) ?? [...this.#ids].map((id) => ({ id, name: id }))) {
      await post(this.#context, `${path}/${encodeURIComponent(id)}/destroy`);
      const { status } = await send(this.#context, { method: "GET", path: `${path}/${encodeURIComponent(id)}` });
      if (status < 400 || status >= 500) remaining.push(String(name));
    }
    if (remaining.length > 0)
      throw new Error(`The run's own call park groups could not be destroyed: ${remaining.join(", ")}.`);
  }
}

/** Every group of the tenant, page by page. Undefined where the PBX does not list them. */
const groupsOf = async (context: Context): Promise<Group[] | undefined> => {
  const top = (context.contract.at("#/components/parameters/Top/schema") as Schema).maximum ?? 1;
  const groups: Group[] = [];
  for (;;) {
    const query = groups.length === 0 ? `top=${top}` : `top=${top}&skip=${groups.length}`;
    const { status, json } = await send(context, { method: "GET", path: `${path}?${query}` });
    if (status !== 200 || !isPage(json)) return undefined;
    const fresh = json.items.filter(({ id }) => !groups.some((group) => group.id === id));
    groups.push(...fresh);
    // A PBX that pays no heed to `skip` gives the same page for ever.
    if (fresh.length === 0 || groups.length >= json.count) return groups;
  }
};
