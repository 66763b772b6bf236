import { toUpdate } from "@callpark/client";
import type { CallPark } from "@callpark/types";
import { mayBeHidden, type Settings } from "./settings.ts";

const toHaveItChecked = " To have it checked, choose a mode with a ring group in the PBX before the run.";

/** What was read before the run, as bodies that can be written. */
export class OwnBody {
  readonly #before: Settings;
  /** The prompt's id, once it has one of ours: then a PBX that drops what is left out keeps it. */
  promptId: string | undefined;
  /** Some PBXs refuse null for a blank field; then blank fields are left alone. */
  leavesBlanksOut = false;
  /** Fields whose own values the PBX does not take: they are left alone too. */
  readonly leftOut: Set<string> = new Set();

  constructor(before: Settings) {
    this.#before = before;
  }

  /** The body that writes everything as it was, with changes. */
  with(changes: Record<string, unknown>): Record<string, unknown> {
    return { ...this.of(this.#before), ...changes };
  }

  /** The body that writes these settings as this PBX takes them. */
  of(settings: Settings): Record<string, unknown> {
    const all: Record<string, unknown> = {
      ...toUpdate(settings as CallPark),
      ...(this.promptId !== undefined && { prompt_file_id: this.promptId }),
    };
    return Object.fromEntries(Object.entries(all).filter(([name]) => !this.#isLeftOut(name, settings)));
  }

  leaveOut(name: string): void {
    this.leftOut.add(name);
  }

  /** Why these fields must not be changed: nobody could make them blank again. Undefined where they may be. */
  reasonToLeave(names: readonly string[]): string | undefined {
    const stuck = names.filter((name) => this.leftOut.has(name));
    if (stuck.length > 0)
      return `The PBX does not take the value that is there, so it could not be put back: ${stuck.join(", ")}.`;
    const [left] = names.filter((name) => this.#isLeftOut(name));
    if (left === undefined) return undefined;
    return mayBeHidden(left, this.#before)
      ? `The server is off and may hide its ${left}: null, sent back, might take it away, so it was left alone.`
      : `It is blank, and this PBX does not take null for that, so it could not be made blank again: ${left}.${left === "ring_group_id" ? toHaveItChecked : ""}`;
  }

  #isLeftOut(name: string, settings: Settings = this.#before): boolean {
    if (this.leftOut.has(name)) return true;
    return name in settings && settings[name] === null && (this.leavesBlanksOut || mayBeHidden(name, settings));
  }
}
