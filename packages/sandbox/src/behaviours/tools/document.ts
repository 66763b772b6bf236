import old from "@callpark/spec/22.0";
import document from "@callpark/spec/22.6";
import { resolve, type Schema } from "../../lines.ts";

/** One field of an answer or body, with its rules; of a list, a field of its items. */
export interface Field {
  /** `["items", "*", "name"]`. */
  path: readonly string[];
  /** `items.name`. */
  name: string;
  schema: Schema;
  nullable: boolean;
  types: readonly string[];
  /** Whether it is not in every version line, so that a run must know which one the PBX speaks. */
  isMarked: boolean;
}

interface Media {
  schema?: Schema;
}

interface Response {
  content?: Record<string, Media>;
  headers?: Record<string, { $ref: string }>;
}

export interface Operation {
  /** `GET /call_park`. */
  name: string;
  needsToken: boolean;
  /** What it answers with where it does not refuse. */
  status: number;
  /** Undefined where the answer has no content. */
  mediaType: string | undefined;
  answer: readonly Field[];
  /** Headers that the answer must have. */
  headers: readonly string[];
  /** Of a JSON body. */
  body: readonly Field[];
}

/** Every operation of every version line. */
export const operations: readonly Operation[] = [document, old].flatMap((from) =>
  Object.entries(from.paths)
    .filter(([path]) => from === document || !(path in document.paths))
    .flatMap(([path, item]) =>
      ["get", "post"].filter((method) => item[method]).map((method) => operationOf(from, method, path, item[method])),
    ),
);

type Document = typeof document;
type RawOperation = Document["paths"][string][string];

function operationOf(from: Document, method: string, path: string, raw: RawOperation): Operation {
  const responses: Record<string, Response | { $ref: string }> = raw.responses;
  const [status = "", response = {}] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? [];
  const { content, headers = {} } = resolve<Response>(from, response);
  const [mediaType] = Object.keys(content ?? {});
  const body = raw.requestBody && resolve<{ content: Record<string, Media> }>(from, raw.requestBody).content;
  return {
    name: `${method.toUpperCase()} ${path}`,
    needsToken: (raw.security ?? from["security"]).length > 0,
    status: Number(status),
    mediaType,
    answer: fieldsOf(from, content?.["application/json"]?.schema),
    headers: Object.keys(headers),
    body: fieldsOf(from, body?.["application/json"]?.schema),
  };
}

/** The fields of a schema by its name. */
export const fieldsOfSchema = (name: string): readonly Field[] =>
  walk(document, { $ref: `#/components/schemas/${name}` }, []);

function fieldsOf(from: Document, part: Schema | undefined): readonly Field[] {
  return part === undefined ? [] : walk(from, part, []);
}

function walk(from: Document, part: Schema, path: readonly string[]): Field[] {
  const { properties = {}, oneOf = [], ...schema } = resolve<Schema>(from, part);
  const branches = oneOf.map((branch) => resolve<Schema>(from, branch).properties ?? {});
  const alike = branches.every((branch) => String(Object.keys(branch)) === String(Object.keys(branches[0] ?? {})));
  // Branches without the same fields are different answers: the first is the one that the sandbox gives.
  const merged = alike ? mergeAll(from, branches) : (branches[0] ?? {});
  const fields = Object.entries({ ...properties, ...merged }).flatMap(([name, property]) => {
    const found = resolve<Schema>(from, property);
    const isMarked = property["x-version-added"] !== undefined;
    return [fieldOf([...path, name], found, isMarked), ...walk(from, found, [...path, name])];
  });
  const items = schema["items"] as Schema | undefined;
  return items ? [...fields, ...walk(from, items, [...path, "*"])] : fields;
}

function mergeAll(from: Document, branches: Record<string, Schema>[]): Record<string, Schema> {
  const merged: Record<string, Schema> = {};
  for (const branch of branches)
    for (const [name, part] of Object.entries(branch)) {
      const schema = resolve<Schema>(from, part);
      const before = merged[name];
      merged[name] = {
        ...before,
        ...schema,
        type: [...new Set([before?.type ?? [], schema.type ?? []].flat())],
        ...(schema.enum && { enum: [...(before?.enum ?? []), ...schema.enum] }),
      };
    }
  return merged;
}

function fieldOf(path: readonly string[], schema: Schema, isMarked: boolean): Field {
  const types = [schema.type ?? []].flat();
  const name = path.filter((part) => part !== "*").join(".");
  return {
    path,
    name,
    schema,
    types: types.filter((type) => type !== "null"),
    nullable: types.includes("null"),
    isMarked,
  };
}
