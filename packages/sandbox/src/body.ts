import { fieldError, refused, validateFailed } from "./errors.ts";
import { type Line, type Schema, validate } from "./lines.ts";
import type { Route } from "./router.ts";

/** Reads a body by the media type that the operation documents, and holds it to its schema. */
export const readBody = (line: Line, route: Route, mediaType: string | undefined, bytes: Buffer): unknown => {
  if (!route.body) return undefined;
  const { content, required } = route.body;
  const known = Object.keys(content);
  const type = mediaType?.split(";")[0]?.trim().toLowerCase();
  if (bytes.length === 0 && !required) return undefined;
  // Bytes are bytes, whether or not the sender names them so.
  if (known.includes("application/octet-stream") && type === undefined) return undefined;
  if (type === undefined || !known.includes(type)) throw refused(415, `The body must be ${known.join(" or ")}`);
  if (type === "application/octet-stream") return undefined;

  const value = parse(type, bytes);
  const errors = validate(line, schemaName(content[type]?.schema), value);
  if (errors.length > 0)
    throw validateFailed(...errors.map(({ pointer, message }) => fieldError(fieldName(pointer), message)));
  return value;
};

const schemaName = (schema: Schema | { $ref: string } | undefined): string =>
  String(schema?.["$ref"]).replace("#/components/schemas/", "");

/** `/ring_group_id` is a field to people. */
export const fieldName = (pointer: string): string => pointer.replace(/^\//, "");

const parse = (type: string, bytes: Buffer): unknown => {
  const text = decode(bytes);
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    throw validateFailed(fieldError("", "is not valid JSON"));
  }
};

const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw validateFailed(fieldError("", "is not valid UTF-8"));
  }
};
