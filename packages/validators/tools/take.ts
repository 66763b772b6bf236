import type { Schema } from "./schema.ts";

/** Gives rules by their names, and in the end refuses those that nobody asked for: they would go unheld. */
export interface Take {
  (...names: string[]): Record<string, unknown>;
  end(schema: Schema): void;
}

export const createTake = (rules: Record<string, unknown>): Take => {
  const left = new Set(Object.keys(rules));
  const take = (...names: string[]) => {
    for (const name of names) left.delete(name);
    return Object.fromEntries(names.filter((name) => name in rules).map((name) => [name, rules[name]]));
  };
  const end = (schema: Schema) => {
    if (left.size > 0)
      throw new Error(`No predicate is known for ${[...left].join(", ")} in ${JSON.stringify(schema)}`);
  };
  return Object.assign(take, { end });
};
