import { checkWav } from "@callpark/client";
import type { Belongings } from "./belongings.ts";
import type { OwnBody } from "./own-body.ts";
import type { Settings } from "./settings.ts";

/** The prompt that was there before the run: it is written by an id that nobody can read, so only a copy can be set. */
export class OwnPrompt {
  /** As they were downloaded before anything was written; undefined where there was no prompt. */
  readonly bytes: Uint8Array | undefined;
  readonly #before: Settings;
  readonly #own: OwnBody;
  readonly #belongings: Belongings;

  constructor(before: Settings, bytes: Uint8Array | undefined, own: OwnBody, belongings: Belongings) {
    this.#before = before;
    this.bytes = bytes;
    this.#own = own;
    this.#belongings = belongings;
  }

  /** Is it what its name and size say? Else it could not be put back as it was. */
  get isKnown(): boolean {
    const { prompt_file_name: name, prompt_file_size: size } = this.#before;
    return this.bytes === undefined || (name !== "" && typeof name === "string" && size === this.bytes.length);
  }

  /** Is it of a kind that is documented, so that a PBX must take it again? */
  get isDocumented(): boolean {
    try {
      checkWav(this.bytes ?? Buffer.of());
      return true;
    } catch {
      return false;
    }
  }

  /** Is there one, and was no copy of it set yet? */
  get wantsCopy(): boolean {
    return this.bytes !== undefined && this.#own.promptId === undefined;
  }

  /** Uploads a copy and answers with its id. */
  copy(onAnswer?: Parameters<Belongings["upload"]>[3]): Promise<string> {
    const { prompt_file_name: name } = this.#before;
    return this.#belongings.upload(this.bytes ?? Buffer.of(), String(name), "to keep", onAnswer);
  }

  /** The copy was set in its place: whatever is written from now on names it. */
  isCopiedTo(id: string): void {
    this.#own.promptId = id;
  }
}
