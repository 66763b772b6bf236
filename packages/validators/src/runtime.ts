/** One rule that a value breaks. */
export interface SchemaError {
  /** Where in the value: a JSON pointer, `""` for the value itself. */
  pointer: string;
  /** The broken rule, as JSON Schema names it: `maximum`, `required`, `pattern` … */
  rule: string;
  /** The rule in words: "must be at most 900". */
  message: string;
  /** What was found there. Absent where nothing was, or where it is a secret. */
  received?: unknown;
}

export interface RawError {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
}

export interface RawValidator {
  (value: unknown): boolean;
  errors?: RawError[] | null;
}

/** The names of the fields whose values must not be shown, or all where the value itself is a secret. */
export type Secrets = readonly string[] | "all";

/** Names what ajv found. */
export const describe = (raw: RawValidator, secrets: Secrets, value: unknown): SchemaError[] => {
  if (raw(value)) return [];
  const errors: SchemaError[] = [];
  for (const error of raw.errors ?? []) {
    // `if` only says that the chosen branch has errors of its own.
    if (error.keyword === "if") continue;
    const pointer =
      error.keyword === "required"
        ? `${error.instancePath}/${escapePart(String(error.params["missingProperty"]))}`
        : error.instancePath;
    if (errors.some((known) => known.pointer === pointer && known.rule === error.keyword)) continue;
    const found = at(value, pointer);
    const shown = found !== undefined && !hides(pointer, found, secrets);
    errors.push({
      pointer,
      rule: error.keyword,
      message: inWords(error),
      ...(shown ? { received: found } : {}),
    });
  }
  return errors;
};

const escapePart = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");

const parts = (pointer: string) =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

const at = (value: unknown, pointer: string): unknown =>
  parts(pointer).reduce<unknown>(
    (node, part) =>
      node !== null && typeof node === "object" && Object.hasOwn(node, part)
        ? (node as Record<string, unknown>)[part]
        : undefined,
    value,
  );

/** A secret, a part of one, or something that may hold one. */
const hides = (pointer: string, found: unknown, secrets: Secrets): boolean =>
  secrets === "all" ||
  (secrets.length > 0 &&
    (parts(pointer).some((part) => secrets.includes(part)) ||
      (typeof found === "object" && found !== null) ||
      pointer === ""));

const inWords = ({ keyword, params }: RawError): string => {
  switch (keyword) {
    case "required":
      return "must be present";
    case "minimum":
      return `must be at least ${params["limit"]}`;
    case "maximum":
      return `must be at most ${params["limit"]}`;
    case "enum":
      return `must be one of ${(params["allowedValues"] as unknown[]).map((one) => JSON.stringify(one)).join(", ")}`;
    case "const":
      return `must be ${JSON.stringify(params["allowedValue"])}`;
    case "pattern":
      return `must match ${params["pattern"]}`;
    case "type":
      return `must be ${[params["type"]].flat().join(" or ")}`;
    case "minLength":
      return params["limit"] === 1 ? "must not be empty" : `must have at least ${params["limit"]} characters`;
    case "maxLength":
      return `must have at most ${params["limit"]} characters`;
    case "minItems":
      return `must have at least ${params["limit"]} ${params["limit"] === 1 ? "item" : "items"}`;
    case "format":
      return `must be ${/^int/.test(String(params["format"])) ? "an" : "a"} ${params["format"]}`;
    default:
      return `breaks the rule ${keyword}`;
  }
};
