import { setTimeout as pause } from "node:timers/promises";
import { isSettings } from "./guard/settings.ts";
import { type Exchange, WireError } from "./wire.ts";

/** Before each look at whether the PBX is back, in milliseconds: a proxy that starts anew knows its PBX in a few seconds. */
const pauses = [0, 100, 200, 400, 800, 1500, 2000];
/** For longer than this nobody waits, should the PBX hang: in milliseconds. */
const longest = 8000;
/** So long after it was seen, nobody asks again: in milliseconds. */
const sure = 500;

/** They are about the token and the rate, and known by themselves. */
const ofOtherMatters = [401, 403, 429];

/** An error that is not in the words of the API: a PBX may say so, and so does a proxy that has no PBX behind it. */
const isNoWord = ({ status, json }: Exchange): boolean =>
  status >= 400 && !ofOtherMatters.includes(status) && !(isSettings(json) && "errors" in json);

/** A PBX that was there, and is not for a while: for as long as everything is being put back, it is waited for. */
export class Absence {
  readonly #look: () => Promise<Exchange>;
  #seenAt = Number.NEGATIVE_INFINITY;
  /** Was it waited for in vain? Then it is not waited for again. */
  #isLasting = false;

  /** @param look - Asks the PBX for what it had answered before. */
  constructor(look: () => Promise<Exchange>) {
    this.#look = look;
  }

  /** May it be that not the PBX said this? */
  isLike(outcome: Exchange | WireError): boolean {
    return outcome instanceof WireError ? !outcome.isTimeout : isNoWord(outcome);
  }

  /** Was it away, and is it back? Waits for that. */
  async isOver(): Promise<boolean> {
    if (this.#isLasting || performance.now() - this.#seenAt < sure) return false;
    const began = performance.now();
    for (const [looked, wait] of pauses.entries()) {
      if (performance.now() - began > longest) break;
      await pause(wait);
      if (!(await this.#isThere())) continue;
      this.#seenAt = performance.now();
      return looked > 0;
    }
    this.#isLasting = true;
    return false;
  }

  async #isThere(): Promise<boolean> {
    try {
      return !isNoWord(await this.#look());
    } catch (error) {
      if (error instanceof WireError) return false;
      throw error;
    }
  }
}
