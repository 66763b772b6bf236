import type openapi from "@callpark/spec";
import type { SchemaError } from "@callpark/validators";

/** A version line of the PBX: the document that holds for it, and its validators. */
export interface Line {
  document: typeof openapi;
  validators: Readonly<Record<string, (value: unknown) => boolean | SchemaError[]>>;
}

/** A version line that the sandbox can be. */
export type VersionLine = "22.0" | "22.2" | "22.6";

/** Each is loaded when it is asked for: a document and its validators are most of what a start costs. */
const loaders: Readonly<Record<VersionLine, () => Promise<[{ default: Line["document"] }, Line["validators"]]>>> = {
  "22.0": () => Promise.all([import("@callpark/spec/22.0"), import("@callpark/validators/22.0")]),
  "22.2": () => Promise.all([import("@callpark/spec/22.2"), import("@callpark/validators/22.2")]),
  "22.6": () => Promise.all([import("@callpark/spec/22.6"), import("@callpark/validators/22.6")]),
};

/** Oldest first. */
export const versionLines: readonly VersionLine[] = Object.keys(loaders) as VersionLine[];

export const newestLine: VersionLine = versionLines.at(-1) as VersionLine;

/** @throws RangeError for a version line that is none. */
export const loadLine = async (version: VersionLine): Promise<Line> => {
  if (!Object.hasOwn(loaders, version))
    throw new RangeError(`version is ${version}: choose one of ${versionLines.join(", ")}`);
  const [{ default: document }, validators] = await loaders[version]();
  return { document, validators };
};

/** Where the paths of the document begin: the path of its server's URL. */
export const basePath = (line: Line): string => {
  const known = knownBases.get(line);
  if (known !== undefined) return known;
  const [server] = line.document["servers"] as { url: string }[];
  const base = server?.url.replace(/^[^/]*\/\/[^/]+/, "") ?? "";
  knownBases.set(line, base);
  return base;
};

const knownBases = new WeakMap<Line, string>();

/** The rules of a schema that the value breaks. */
export const validate = (line: Line, schema: string, value: unknown): SchemaError[] => {
  const validator = line.validators[`validate${schema}`];
  if (!validator) throw new Error(`@callpark/validators has no ${schema}: build it from the spec again`);
  return validator(value) as SchemaError[];
};

/** Follows local references to what they mean. */
export const resolve = <Part extends object>(document: Line["document"], part: Part | { $ref: string }): Part => {
  let node: unknown = part;
  while (typeof node === "object" && node !== null && "$ref" in node) {
    const names = String(node.$ref).slice(2).split("/");
    node = names.reduce<unknown>(
      (at, name) => (at as Record<string, unknown>)[name.replaceAll("~1", "/").replaceAll("~0", "~")],
      document,
    );
  }
  return node as Part;
};

/** A JSON schema, as far as the sandbox looks into one. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  properties?: Record<string, Schema>;
  oneOf?: Schema[];
  allOf?: Schema[];
  [extension: string]: unknown;
}

export const schemaOf = (line: Line, name: string): Schema => {
  const schema: unknown = line.document.components["schemas"]?.[name];
  if (!schema) throw new Error(`The spec has no schema ${name}: build it again`);
  return schema as Schema;
};

/** The names of all properties that a schema speaks of, in all of its branches. */
export const propertyNames = (line: Line, name: string): ReadonlySet<string> => {
  const cached = knownNames.get(line)?.get(name);
  if (cached) return cached;
  const names = new Set<string>();
  const visit = (part: Schema) => {
    const schema = resolve(line.document, part);
    for (const property of Object.keys(schema.properties ?? {})) names.add(property);
    for (const branch of [...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) visit(branch);
  };
  visit(schemaOf(line, name));
  knownNames.set(line, new Map(knownNames.get(line)).set(name, names));
  return names;
};

const knownNames = new WeakMap<Line, Map<string, ReadonlySet<string>>>();
