import { type Document, type Operation, withOperations } from "./operations.ts";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  example: unknown;
}

/**
 * The operations with a command that sends each, made of the document's own examples. Where there are bodies to choose
 * from, Redoc shows the one that is chosen, and a command beside it would stay as it is: those have none.
 */
export const withSamples = (document: Document): Document => {
  const follow = (part: unknown): unknown => {
    const [, kind = "", name = ""] = /^#\/components\/(\w+)\/(\w+)$/.exec((part as { $ref?: string }).$ref ?? "") ?? [];
    return document.components[kind]?.[name] ?? part;
  };
  return withOperations(document, (operation, verb, path) => {
    if (examplesOf(operation).length > 1) return operation;
    const all = [...((document.paths[path]?.["parameters"] as unknown[]) ?? []), ...(operation.parameters ?? [])];
    const parameters = all.map((one) => follow(one) as Parameter).filter(({ required }) => required);
    const lines = [
      `curl ${verb === "get" ? "" : `-X ${verb.toUpperCase()} `}${quoted(urlOf(path, parameters))}`,
      ...(operation.security?.length === 0 ? [] : ['-H "Authorization: Bearer $CALLPARK_TOKEN"']),
      ...parameters.flatMap(({ in: place, name, example }) =>
        place === "header" ? [`-H ${quoted(`${name}: ${example}`)}`] : [],
      ),
      ...bodyOf(operation, follow),
    ];
    return { ...operation, "x-codeSamples": [{ lang: "shell", label: "curl", source: lines.join(" \\\n  ") }] };
  });
};

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const urlOf = (path: string, parameters: readonly Parameter[]): string => {
  const filled = path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters.find((one) => one.in === "path" && one.name === name)?.example;
    return value === undefined ? whole : encodeURIComponent(String(value));
  });
  const query = new URLSearchParams(
    Object.fromEntries(
      parameters.filter((one) => one.in === "query").map(({ name, example }) => [name, String(example)]),
    ),
  );
  return `https://pbx.example.com:8887/api${filled}${query.size > 0 ? `?${query}` : ""}`;
};

const examplesOf = ({ requestBody }: Operation): unknown[] =>
  Object.values(requestBody?.content ?? {}).flatMap(({ examples }) => Object.values(examples));

/** The example of the body, as curl is given it. */
const bodyOf = (operation: Operation, follow: (part: unknown) => unknown): string[] => {
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  if (type === undefined) return [];
  const { value } = follow(examplesOf(operation)[0]) as { value: unknown };
  const body = type === "application/json" ? `-d ${quoted(JSON.stringify(value, null, 2))}` : "--data-binary @FILE";
  return [`-H 'Content-Type: ${type}'`, body];
};
