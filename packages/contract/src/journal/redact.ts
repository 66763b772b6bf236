import { Contract, versionLines } from "../contract-document.ts";
import type { Mask } from "../mask.ts";

/** What stands for a secret. */
const hidden = "•••";

let names: Set<string> | undefined;

/** The fields that the spec marks as secrets (`format: password`). */
const secretNames = (): Set<string> => {
  if (names !== undefined) return names;
  names = new Set(versionLines.flatMap((line) => [...collect(new Contract(line))]));
  return names;
};

function* collect(contract: Contract): Generator<string> {
  const schemas = contract.at("#/components/schemas") as Record<string, unknown>;
  for (const name of Object.keys(schemas))
    for (const [field, forms] of contract.properties(contract.schema(name)))
      if (forms.some(({ format }) => format === "password")) yield field;
}

/** A value without its secrets: the fields so marked, and the run's own tokens wherever they stand. */
export const redact = <Value>(value: Value, mask: Mask): Value => redacted(value, mask) as Value;

const redacted = (value: unknown, mask: Mask): unknown => {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => redacted(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecret(name, inner) ? hidden : redacted(inner, mask)]),
  );
};

const isSecret = (name: string, value: unknown): boolean =>
  value !== null && typeof value !== "object" && secretNames().has(name);

/** Is something in it hidden? Then it can neither be compared nor written back. */
export const isRedacted = (value: unknown): boolean => JSON.stringify(value)?.includes(hidden) === true;
