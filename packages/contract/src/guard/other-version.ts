import { Contract, versionLines } from "../contract-document.ts";
import type { Settings } from "./settings.ts";

/**
 * Fields that come and go with a PBX's version: one that was upgraded or downgraded since the settings were read has other
 * ones, and that is nobody's change of them.
 */
export class OtherVersion {
  readonly #before: Settings;
  readonly #fields: readonly string[];
  #moved: readonly string[] = [];

  /** What the run itself saw come or go is its own doing. */
  constructor(before: Settings, seen: Settings) {
    this.#before = before;
    this.#fields = ofSomeLines().filter((name) => name in before === name in seen);
  }

  /** Those that are new in these settings, or gone from them. */
  in(now: Settings): string[] {
    return this.#fields.filter((name) => name in now !== name in this.#before);
  }

  /** What was found to be new or gone: it can be neither compared nor put back. */
  get moved(): readonly string[] {
    return this.#moved;
  }

  found(names: readonly string[]): void {
    this.#moved = names;
  }

  /** For people: what of that is left as it is. */
  get notes(): string[] {
    return this.#moved.map((name) =>
      name in this.#before
        ? `GET /call_park has no ${name} any more, as of another version of the PBX. It was ${JSON.stringify(this.#before[name])} before the run, and could not be put back: see to it where the PBX has it again.`
        : `GET /call_park has ${name} now, and had none before the run, as of another version of the PBX. It was not written, and is left as it is.`,
    );
  }
}

/** The settings that some version lines have, and others have not. */
const ofSomeLines = (): string[] => {
  const lines = versionLines.map((line) => {
    const contract = new Contract(line);
    return new Set(contract.properties(contract.schema("CallPark")).keys());
  });
  return [...new Set(lines.flatMap((fields) => [...fields]))].filter(
    (name) => !lines.every((fields) => fields.has(name)),
  );
};
