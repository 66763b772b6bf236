import { ConfigurationError } from "./errors/configuration-error.ts";

/** What an option takes. */
export interface OptionRule {
  isMet: (value: unknown) => boolean;
  /** What to choose, in words. */
  choose: string;
}

export const oneOf = (...known: readonly string[]): OptionRule => ({
  isMet: (value) => known.includes(value as string),
  choose: known.map((one) => `"${one}"`).join(" or "),
});

export const wholeNumber = (what: string): OptionRule => ({
  isMet: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  choose: `a whole number of ${what}, 1 or more`,
});

/**
 * Looks at options that no compiler has seen: of plain JavaScript, or from the environment.
 *
 * @throws ConfigurationError for the first one that is not as its rule has it. A text is not repeated: it may be a secret
 *   that went astray.
 */
export const checkOptions = <Options extends object>(
  options: Options,
  rules: { readonly [Name in keyof Options]?: OptionRule },
  inside = "",
): void => {
  for (const [name, { isMet, choose }] of Object.entries<OptionRule>(rules as Record<string, OptionRule>)) {
    const value: unknown = options[name as keyof Options];
    if (value !== undefined && !isMet(value))
      throw new ConfigurationError(`${inside}${name} is ${kindOf(value)}: choose ${choose}`);
  }
};

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  if (value === "") return "an empty string";
  if (value === null || /number|boolean/.test(typeof value)) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
};
