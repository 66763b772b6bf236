import { type Context, send } from "../context.ts";
import type { Group } from "../guard/group-listing.ts";
import { numbersOf, taleOf } from "../guard/groups-as-before.ts";
import { requestsLeft } from "../request-limit.ts";
import { mostReadings, toldOf, watchedOf } from "./members-known.ts";
import { differs, listed } from "./members-there.ts";

/** Who was in the tenant's groups before the run wrote anything. */
export class TenantsMembers {
  readonly #context: Context;
  /** The numbers, in order, by the id of the group. */
  readonly #before = new Map<string, string[]>();

  private constructor(context: Context) {
    this.#context = context;
  }

  /** Of as many groups as a run looks into that puts users into its own. */
  static async of(context: Context, ids: Iterable<string>): Promise<TenantsMembers> {
    const known = new TenantsMembers(context);
    const { session, contract } = context;
    // They are read at the end again.
    if (requestsLeft(context) < 2 * mostReadings) return known;
    for (const id of watchedOf([...ids])) {
      const numbers = await numbersOf((one) => session.once(one), contract, id);
      if (numbers !== undefined) known.#before.set(id, numbers);
    }
    return known;
  }

  of(id: string): string[] | undefined {
    return this.#before.get(id);
  }

  /** Tells of the groups that are there and have lost members. Whoever has come into one was put there by somebody else, which is a note. */
  async judgeAtEnd(groups: ReadonlyMap<string, Group> = new Map()): Promise<string[]> {
    const tales: string[] = [];
    const come = new Set<string>();
    for (const [id, before] of this.#before) {
      const now = await this.#moved(id);
      if (now === undefined) continue;
      const lost = before.filter((number) => !now.includes(number));
      for (const number of now) if (!before.includes(number)) come.add(number);
      if (lost.length === 0) continue;
      const had = `the members ${before.join(", ")} of a group of the tenant`;
      this.#context.aftermath.push(differs(this.#context, "others_changed", listed, had, now.join(", ") || "none"));
      tales.push(taleOf({ id, name: groups.get(id)?.name, members: before }, { members: now }) ?? "");
    }
    if (come.size > 0) this.#context.session.notes.push(toldOf(come));
    return tales;
  }

  /** Who is in it now, where those are others. What is gone, or is not shown, is told of the groups. */
  async #moved(id: string): Promise<string[] | undefined> {
    const ask = (path: string) => send(this.#context, { method: "GET", path });
    const before = this.#before.get(id)?.join();
    // One answer that differs may be a slip.
    for (let look = 0; look < 2; look += 1) {
      const now = await numbersOf(ask, this.#context.contract, id);
      if (now === undefined || now.join() === before) return undefined;
      if (look === 1) return now;
    }
    return undefined;
  }
}
