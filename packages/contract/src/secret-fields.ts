import { Contract, versionLines } from "./contract-document.ts";
import { hidden, type Mask } from "./mask.ts";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** The names of the fields, headers and parameters that hold a secret: those that the spec calls `format: password`. */
const namesIn = (contract: Contract): string[] => {
  const resolved = (schema: unknown): unknown =>
    isObject(schema) && typeof schema["$ref"] === "string" ? resolved(contract.at(schema["$ref"])) : schema;
  const isSecret = (schema: unknown): boolean => {
    const target = resolved(schema);
    return isObject(target) && (target["format"] === "password" || isSecret(target["schema"]));
  };
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (!isObject(node)) return;
    for (const part of ["properties", "headers"])
      for (const [name, schema] of Object.entries(isObject(node[part]) ? node[part] : {}))
        if (isSecret(schema)) found.push(name);
    if (typeof node["in"] === "string" && isSecret(node)) found.push(String(node["name"]));
    for (const child of Object.values(node)) walk(child);
  };
  walk(contract.at("#/components"));
  return found;
};

const names = [...new Set(versionLines.flatMap((line) => namesIn(new Contract(line))))];

export const isSecretField = (name: string): boolean =>
  names.some((known) => known.toLowerCase() === name.toLowerCase());

const anyName = names.join("|");
// As JSON, also cut short; as JSON inside JSON; and as a form or a query.
const shapes = [
  new RegExp(`("(?:${anyName})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)+`, "g"),
  new RegExp(`(\\\\+"(?:${anyName})\\\\+"\\s*:\\s*\\\\+")(?:(?!\\\\+").)+`, "g"),
  new RegExp(`((?:^|[?&\\s])(?:${anyName})=)[^&\\s'"]+`, "g"),
];

/** Hides the values of secret fields in a body, whoever's they are. */
export const hideFields: Mask = (text) => shapes.reduce((hiding, shape) => hiding.replace(shape, `$1${hidden}`), text);
