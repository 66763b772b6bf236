import { readFileSync } from "node:fs";

/** The part of JSON Schema that callpark.schema.json is written in; `errorMessage` is as YAML editors know it. */
export interface Schema {
  $ref?: string;
  type?: "object" | "array" | "string" | "integer";
  enum?: readonly (string | number)[];
  required?: readonly string[];
  oneOf?: readonly { required: readonly string[] }[];
  properties?: Record<string, Schema>;
  additionalProperties?: false | Schema;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  pattern?: string;
  /** Nothing of what stands there is repeated: it may be a secret in the wrong place. */
  writeOnly?: boolean;
  errorMessage?: string;
  patternErrorMessage?: string;
}

interface SchemaFile extends Schema {
  definitions: Record<string, Schema>;
}

const load = (): SchemaFile =>
  JSON.parse(readFileSync(new URL("../../../callpark.schema.json", import.meta.url), "utf8"));

/** The file's schema, and what its references lead to. */
export const openSchema = (): { root: Schema; follow: (schema: Schema) => Schema } => {
  const file = load();
  const follow = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : follow(file.definitions[schema.$ref.replace("#/definitions/", "")] ?? {});
  return { root: file, follow };
};
