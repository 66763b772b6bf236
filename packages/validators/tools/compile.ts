import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import { chooseBranches } from "./choose-branch.ts";
import type { Schema } from "./schema.ts";

interface Document {
  components: Record<string, Record<string, Schema>>;
}

const runtime = fileURLToPath(new URL("../src/runtime.ts", import.meta.url));

/** The module of one schema: `is…` for a yes or no, `validate…` for the reasons. */
export const compile = (document: Document, name: string, line: string): { code: string; declaration: string } => {
  const schemas = document.components["schemas"] as Record<string, Schema>;
  const resolve = (schema: Schema): Schema =>
    schema.$ref ? resolve(schemas[schema.$ref.replace("#/components/schemas/", "")] as Schema) : schema;
  const root = { components: { schemas: chooseBranches(schemas, resolve) }, $ref: `#/components/schemas/${name}` };

  const ajv = new Ajv2020({
    allErrors: true,
    // The keywords of OpenAPI are no rules for a value.
    strict: false,
    unicodeRegExp: true,
    code: { source: true, esm: true },
    formats: { password: true },
  });
  formats.default(ajv);
  const validator = standalone.default(ajv, ajv.compile(root));
  const secrets = [...secretNames(schemas[name] as Schema, resolve)].sort();
  return {
    code: `import { describe } from ${JSON.stringify(runtime)};
${validator.replace("export const validate =", "const validate =").replace(/export default \w+;/, "")}
const secrets = ${JSON.stringify(secrets)};
export const is${name} = (value) => validate(value);
export const validate${name} = (value) => describe(validate, secrets, value);
`,
    declaration: declare(document, name, line),
  };
};

const declare = (document: Document, name: string, line: string): string => {
  const schema = document.components["schemas"]?.[name] as { description?: string } | undefined;
  return `import type { components } from "@callpark/types";
import type { SchemaError } from "${line === "." ? "./" : "../"}runtime.js";
/** Is the value a ${name}? ${schema?.description ?? ""} (#/components/schemas/${name}) */
export declare const is${name}: (value: unknown) => value is components["schemas"]["${name}"];
/** The rules of ${name} that the value breaks, none if it is one. (#/components/schemas/${name}) */
export declare const validate${name}: (value: unknown) => SchemaError[];
`;
};

/** The names of the fields in a schema that hold secrets. */
const secretNames = (schema: Schema, resolve: (schema: Schema) => Schema, found = new Set<string>()): Set<string> => {
  const whole = resolve(schema);
  for (const [name, property] of Object.entries(whole.properties ?? {})) {
    if (resolve(property).format === "password") found.add(name);
    else secretNames(property, resolve, found);
  }
  for (const part of [whole.allOf, whole.oneOf, whole.anyOf, whole.items].flat())
    if (part) secretNames(part, resolve, found);
  return found;
};
