import type { Schema } from "./schema.ts";

const banner = `import type { components } from "@callpark/types";\n`;

/** The types of a line's predicates. */
export const declarePredicates = (schemas: Record<string, Schema>): string =>
  banner +
  Object.entries(schemas)
    .map(
      ([name, { description = "" }]) => `/** Is the value a ${name}? ${description} (#/components/schemas/${name}) */
export declare const is${name}: (value: unknown) => value is components["schemas"]["${name}"];
`,
    )
    .join("");

/** The types of one schema's lister. */
export const declareValidator = (name: string, runtime: string): string =>
  `import type { SchemaError } from ${JSON.stringify(runtime)};
/** The rules of ${name} that the value breaks, none if it is one. (#/components/schemas/${name}) */
export declare const validate${name}: (value: unknown) => SchemaError[];
`;
