import { hasPrompt, type Settings } from "./settings.ts";

/**
 * The URLs of the prompt that was there before the run, and of its copies: another file of the same name and size, such as
 * an announcement that was spoken anew, has another one.
 */
export class PromptUrls {
  /** Does it stand still while nothing is written? Else it tells nothing. */
  isSteady = false;
  /** Files that hold what was there before. */
  readonly copies: Set<string> = new Set();
  /** Does what was sent last set one of them? */
  setsCopy = false;
  readonly #known = new Set<unknown>();

  knows({ prompt_file_url: url }: Settings): void {
    this.#known.add(url);
  }

  /** Is there a prompt that is called as it was before, at a URL where nothing of the run's is? */
  isUnknown(before: Settings, now: Settings): boolean {
    const isCalledTheSame = ["prompt_file_name", "prompt_file_size"].every((name) => before[name] === now[name]);
    return this.isSteady && hasPrompt(now) && isCalledTheSame && !this.#known.has(now["prompt_file_url"]);
  }
}
