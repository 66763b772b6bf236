import type { Answered } from "./exchange.ts";

type Raw = Answered["headers"];

/** Headers of an answer. `get` and `has`, which every call needs, are cheap; the rest makes real ones first. */
export class NodeHeaders implements Headers {
  readonly #raw: Raw;
  #real: Headers | undefined;

  constructor(raw: Raw) {
    this.#raw = raw;
  }

  get(name: string): string | null {
    const key = name.toLowerCase();
    if (!Object.hasOwn(this.#raw, key)) return null;
    const value = this.#raw[key] ?? null;
    return typeof value === "object" && value !== null ? value.join(", ") : value;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#raw, name.toLowerCase());
  }

  getSetCookie(): string[] {
    return this.#whole().getSetCookie();
  }

  forEach(callback: (value: string, key: string, parent: Headers) => void, self?: unknown): void {
    for (const [name, value] of this) callback.call(self, value, name, this);
  }

  entries(): ReturnType<Headers["entries"]> {
    return this.#whole().entries();
  }

  keys(): ReturnType<Headers["keys"]> {
    return this.#whole().keys();
  }

  values(): ReturnType<Headers["values"]> {
    return this.#whole().values();
  }

  [Symbol.iterator](): ReturnType<Headers["entries"]> {
    return this.entries();
  }

  append(): never {
    return refuse();
  }

  delete(): never {
    return refuse();
  }

  set(): never {
    return refuse();
  }

  #whole(): Headers {
    if (this.#real !== undefined) return this.#real;
    const real = new Headers();
    for (const name of Object.keys(this.#raw))
      for (const value of [this.#raw[name] ?? []].flat()) real.append(name, value);
    this.#real = real;
    return real;
  }
}

/** As fetch does. */
const refuse = (): never => {
  throw new TypeError("The headers of an answer cannot be changed");
};
