/**
 * The predicates of `is…`: one expression each, which ends at the first rule that is broken. Small and quick, where what
 * ajv makes to list every broken rule is many times the size.
 */
import { createWriter } from "./predicate.ts";
import type { Schema } from "./schema.ts";
import { mapValues, withoutAnnotations } from "./without-annotations.ts";

/** A module with a predicate for each schema, which finds src/predicates.ts at `runtime`. */
export const predicates = (schemasAsWritten: Record<string, Schema>, runtime: string): string => {
  const schemas = mapValues(schemasAsWritten, withoutAnnotations);
  const patterns = new Map<string, string>();
  const write = createWriter(schemas, (source) => {
    const name = patterns.get(source) ?? `pattern${patterns.size + 1}`;
    patterns.set(source, name);
    return name;
  });
  const functions = Object.entries(schemas).map(
    ([name, schema]) => `export const is${name} = (value) =>\n  ${write(schema, "value").join(" &&\n  ") || "true"};\n`,
  );
  const constants = [...patterns].map(([source, name]) => `const ${name} = ${source};\n`);
  return [
    `import { every, fits, isDigits, isRecord } from ${JSON.stringify(runtime)};\n`,
    ...constants,
    ...functions,
  ].join("");
};
