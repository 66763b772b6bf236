import { fieldError, type PbxErrorBody, validateFailed } from "./errors.ts";
import type { Schema } from "./lines.ts";

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
}

export type Values = Record<string, string | number | boolean>;

/** What was sent, before it is read by the document's rules. */
export interface Sent {
  path: Readonly<Record<string, string>>;
  /** What follows the question mark. */
  query: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Reads and checks the parameters of an operation, with the defaults of those left out. */
export const readParameters = (
  parameters: readonly Parameter[],
  sent: Sent,
): { path: Values; query: Values; header: Values } => {
  const values: Record<Parameter["in"], Values> = { path: {}, query: {}, header: {} };
  if (parameters.length === 0) return values;
  const query = new URLSearchParams(sent.query);
  const errors: PbxErrorBody[] = [];
  for (const { name, in: where, required, schema } of parameters) {
    const [text, ...more] = textsOf(name, where, { ...sent, query });
    if (text === undefined) {
      if (required) errors.push(fieldError(name, "is required"));
      else if (schema.default !== undefined) values[where][name] = schema.default as string | number | boolean;
      continue;
    }
    const value = typed(text, schema);
    const rule = more.length > 0 ? "must be given once" : brokenRule(value, schema);
    if (rule) errors.push(fieldError(name, rule));
    else values[where][name] = value;
  }
  if (errors.length > 0) throw validateFailed(...errors);
  return values;
};

const textsOf = (
  name: string,
  where: Parameter["in"],
  { path, query, headers }: Omit<Sent, "query"> & { query: URLSearchParams },
): string[] => {
  if (where === "query") return query.getAll(name);
  const found = where === "path" ? path[name] : headers[name.toLowerCase()];
  return found === undefined ? [] : [found].flat();
};

const typed = (text: string, { type }: Schema): string | number | boolean => {
  if (type === "integer" && /^-?[0-9]{1,15}$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
};

const brokenRule = (value: string | number | boolean, schema: Schema): string | undefined => {
  if (schema.type === "integer" && typeof value !== "number") return "must be an integer";
  if (schema.type === "boolean" && typeof value !== "boolean") return "must be true or false";
  if (schema.enum && !schema.enum.includes(value)) return `must be one of ${schema.enum.join(", ")}`;
  if (typeof value === "number") {
    if (schema.minimum !== undefined && value < schema.minimum) return `must be at least ${schema.minimum}`;
    if (schema.maximum !== undefined && value > schema.maximum) return `must be at most ${schema.maximum}`;
  }
  if (typeof value === "string") {
    if ([...value].length < (schema.minLength ?? 0)) return `must have at least ${schema.minLength} characters`;
    if ([...value].length > (schema.maxLength ?? Number.POSITIVE_INFINITY))
      return `must have at most ${schema.maxLength} characters`;
    if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) return `must match ${schema.pattern}`;
  }
  return undefined;
};
