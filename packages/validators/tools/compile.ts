import { fileURLToPath } from "node:url";
import { _, Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { formats } from "../src/formats.ts";
import { chooseBranches } from "./choose-branch.ts";
import type { Schema } from "./schema.ts";
import { mapValues, withoutAnnotations } from "./without-annotations.ts";

const source = (file: string) => JSON.stringify(fileURLToPath(new URL(`../src/${file}`, import.meta.url)));

/** The module of one schema's `validate…`, which lists every rule that a value breaks. */
export const compile = (schemasAsWritten: Record<string, Schema>, name: string): string => {
  const schemas = mapValues(schemasAsWritten, withoutAnnotations);
  const resolve = (schema: Schema): Schema =>
    schema.$ref ? resolve(schemas[schema.$ref.replace("#/components/schemas/", "")] as Schema) : schema;
  const root = { components: { schemas: chooseBranches(schemas, resolve) }, $ref: `#/components/schemas/${name}` };

  const ajv = new Ajv({
    allErrors: true,
    // The messages are ours: see src/runtime.ts.
    messages: false,
    // A keyword or format that it does not know is an error here, and not a rule that nobody holds.
    strictSchema: true,
    strictTypes: false,
    code: { source: true, esm: true, formats: _`formats` },
    formats,
  });
  ajv.addKeyword("components");
  const validator = standalone.default(ajv, ajv.compile(root));
  const secrets = [...secretNames(schemas[name] as Schema, resolve)].sort();
  return `import { formats } from ${source("formats.ts")};
import { describe } from ${source("runtime.ts")};
${validator.replace("export const validate =", "const validate =").replace(/export default \w+;/, "")}
const secrets = ${JSON.stringify(isSecret(schemas[name] as Schema) ? "all" : secrets)};
export const validate${name} = (value) => describe(validate, secrets, value);
`;
};

const isSecret = (schema: Schema): boolean => schema.format === "password";

/** The names of the fields in a schema that hold secrets. */
const secretNames = (schema: Schema, resolve: (schema: Schema) => Schema, found = new Set<string>()): Set<string> => {
  const whole = resolve(schema);
  for (const [name, property] of Object.entries(whole.properties ?? {})) {
    if (isSecret(resolve(property))) found.add(name);
    else secretNames(property, resolve, found);
  }
  for (const part of [whole.allOf, whole.oneOf, whole.anyOf, whole.items].flat())
    if (part) secretNames(part, resolve, found);
  return found;
};
