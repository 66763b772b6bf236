import openapi220 from "@callpark/spec/22.0";
import openapi222 from "@callpark/spec/22.2";
import openapi226 from "@callpark/spec/22.6";
import locations from "@callpark/spec/locations";
import type { SchemaError } from "@callpark/validators";
import type { SpecLocation } from "./finding.ts";
import type { VersionLine } from "./report.ts";

/** The part of a JSON Schema that checks look at. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  writeOnly?: boolean;
  minLength?: number;
  maxLength?: number;
  default?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  [extension: `x-${string}`]: unknown;
}

interface Answer {
  $ref?: string;
  content?: Record<string, { schema?: Schema }>;
  headers?: Record<string, { $ref?: string; required?: boolean }>;
}

/** The documents of all lines, and the validators of those that are asked for: a run speaks one. */
const lines = {
  "22.0": { document: openapi220, validators: () => import("@callpark/validators/22.0") },
  "22.2": { document: openapi222, validators: () => import("@callpark/validators/22.2") },
  "22.6": { document: openapi226, validators: () => import("@callpark/validators/22.6") },
} as const;

/** The version lines, oldest first. */
export const versionLines = Object.keys(lines) as VersionLine[];

/** The contract of one version line: its document, its validators, and where each part stands in the sources. */
export class Contract {
  readonly line: VersionLine;
  readonly #document: (typeof lines)[VersionLine]["document"];
  readonly #validators: Record<string, unknown>;

  /** Without its validators: `Contract.of` has them. */
  constructor(line: VersionLine, validators: Record<string, unknown> = {}) {
    this.line = line;
    this.#document = lines[line].document;
    this.#validators = validators;
  }

  /** A line with its validators, which are loaded for it. */
  static async of(line: VersionLine): Promise<Contract> {
    return new Contract(line, await lines[line].validators());
  }

  /** `GET /call_park` → is it an operation of this line? */
  has(operation: string): boolean {
    const [method, path] = split(operation);
    return this.#document.paths[path]?.[method] !== undefined;
  }

  /** The documented answer for a status: by number, else by its range. */
  answer(operation: string, status: number): { pointer: string; schema?: Schema; mediaType?: string } | undefined {
    const [method, path] = split(operation);
    const answers: Record<string, Answer> = this.#document.paths[path]?.[method]?.responses ?? {};
    const key = [String(status), `${String(status)[0]}XX`].find((one) => answers[one] !== undefined);
    if (key === undefined) return undefined;
    const pointer = answers[key]?.$ref ?? `#/paths/${escapePart(path)}/${method}/responses/${key}`;
    const [mediaType, media] = Object.entries((this.at(pointer) as Answer).content ?? {})[0] ?? [];
    return { pointer, ...(mediaType !== undefined && { mediaType }), ...(media?.schema && { schema: media.schema }) };
  }

  /** The names of the headers that the answer at a pointer must have. */
  headersOf(pointer: string): string[] {
    const { headers = {} } = this.at(pointer) as Answer;
    const resolved = (header: { $ref?: string; required?: boolean }) =>
      header.$ref === undefined ? header : (this.at(header.$ref) as { required?: boolean });
    return Object.keys(headers).filter((name) => resolved(headers[name] ?? {}).required === true);
  }

  /** A component of the document, references followed. */
  schema(name: string): Schema {
    return this.resolve({ $ref: `#/components/schemas/${name}` });
  }

  resolve(schema: Schema): Schema {
    let target = schema;
    while (target.$ref !== undefined) target = this.at(target.$ref) as Schema;
    return target;
  }

  /** Every property that the schema names, those of its branches too; where branches differ, each one's schema. */
  properties(schema: Schema): Map<string, Schema[]> {
    const found = new Map<string, Schema[]>();
    const whole = this.resolve(schema);
    for (const [name, property] of Object.entries(whole.properties ?? {}))
      found.set(name, [...(found.get(name) ?? []), this.resolve(property)]);
    for (const part of [...(whole.allOf ?? []), ...(whole.oneOf ?? [])])
      for (const [name, schemas] of this.properties(part)) found.set(name, [...(found.get(name) ?? []), ...schemas]);
    return found;
  }

  /** The rules of a named schema that the value breaks. */
  validate(name: string, value: unknown): SchemaError[] {
    const validate = this.#validators[`validate${name}`];
    if (typeof validate !== "function") throw new Error(`There is no validator for ${name} in ${this.line}`);
    return validate(value);
  }

  /** The value at a local reference. */
  at(pointer: string): unknown {
    return pointer
      .slice(2)
      .split("/")
      .reduce<unknown>(
        (node, part) => (node as Record<string, unknown>)[part.replaceAll("~1", "/").replaceAll("~0", "~")],
        this.#document,
      );
  }

  /** Where the sources say it: the pointer itself, or the nearest part around it. */
  location(pointer: string): SpecLocation | undefined {
    for (let at = pointer; at.length > 1; at = at.slice(0, at.lastIndexOf("/"))) {
      const place = locations[at];
      if (place) return { pointer, file: `spec/${place.file}`, line: place.line };
    }
    return undefined;
  }

  /** The pointer of the rule that a validator's error is about, as near as it can be told. */
  ruleOf(schemaPointer: string, error: SchemaError): string {
    const parts = error.pointer.split("/").slice(1);
    const property = parts.reduce((at, part) => this.#child(at, part) ?? at, schemaPointer);
    const own = this.#own(property);
    const found = this.at(own) as Record<string, unknown>;
    return found?.[error.rule] === undefined ? own : `${own}/${error.rule}`;
  }

  #own(pointer: string): string {
    const reference = (this.at(pointer) as Schema | undefined)?.$ref;
    return reference === undefined ? pointer : this.#own(reference);
  }

  #child(pointer: string, part: string): string | undefined {
    const at = this.#own(pointer);
    const schema = this.at(at) as Schema;
    if (schema.properties?.[part]) return `${at}/properties/${escapePart(part)}`;
    if (schema.items && /^\d+$/.test(part)) return `${at}/items`;
    for (const kind of ["allOf", "oneOf"] as const)
      for (const index of (schema[kind] ?? []).keys()) {
        const child = this.#child(`${at}/${kind}/${index}`, part);
        if (child !== undefined) return child;
      }
    return undefined;
  }
}

const split = (operation: string): [method: string, path: string] => {
  const [method = "", path = ""] = operation.split(" ");
  return [method.toLowerCase(), path];
};

const escapePart = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");
