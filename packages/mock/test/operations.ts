import type openapi from "@callpark/spec";

type Document = Pick<typeof openapi, "paths" | "components">;
/** A part of it: an object that may hold anything. */
type Json = Document["paths"][string];

/** A documented answer of an operation. */
export interface Answer {
  /** As the document has it: "200", "404", "4XX". */
  status: string;
  /** The name of the schema of its content; absent where it has none. */
  schema?: string;
  mediaType?: string;
  examples: { name: string; value: unknown }[];
  headers: string[];
}

/** An operation with a request that its documented examples make. */
export interface Operation {
  id: string;
  path: string;
  init: { method: string; headers: Record<string, string>; body?: string };
  needsToken: boolean;
  answers: Answer[];
}

/** Every operation of a document, whatever it holds. */
export const operationsOf = (document: Document): Operation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    ["get", "post"]
      .filter((method) => method in item)
      .map((method) => operationOf(document, path, method, item[method], item["parameters"] ?? [])),
  );

const operationOf = (document: Document, path: string, method: string, operation: Json, shared: Json[]): Operation => {
  const parameters = [...shared, ...(operation["parameters"] ?? [])].map((one) => resolve(document, one));
  const given = (place: string) => parameters.filter((one) => one["in"] === place && one["required"]);
  const query = new URLSearchParams(given("query").map((one): [string, string] => [one["name"], exampleOf(one)]));
  const headers = Object.fromEntries(given("header").map((one) => [one["name"], exampleOf(one)]));
  const filled = given("path").reduce(
    (text, one) => text.replace(`{${one["name"]}}`, encodeURIComponent(exampleOf(one))),
    path,
  );
  const [mediaType, content] = Object.entries<Json>(operation["requestBody"]?.content ?? {})[0] ?? [];
  const [example] = content ? examplesOf(document, content) : [];
  return {
    id: operation["operationId"],
    path: query.size > 0 ? `${filled}?${query}` : filled,
    init: {
      method: method.toUpperCase(),
      headers: { ...headers, ...(mediaType && { "Content-Type": mediaType }) },
      ...(mediaType && { body: encoded(mediaType, example?.value) }),
    },
    needsToken: operation["security"]?.length !== 0,
    answers: Object.entries(operation["responses"]).map(([status, answer]) =>
      answerOf(document, status, answer as Json),
    ),
  };
};

const answerOf = (document: Document, status: string, answer: Json): Answer => {
  const { content = {}, headers = {} } = resolve(document, answer);
  const [mediaType, media] = Object.entries<Json>(content)[0] ?? [];
  return {
    status,
    ...(media && { mediaType: String(mediaType), schema: String(media["schema"].$ref).split("/").at(-1) ?? "" }),
    examples: media ? examplesOf(document, media) : [],
    headers: Object.entries<Json>(headers)
      .filter(([, header]) => resolve(document, header)["required"])
      .map(([name]) => name),
  };
};

const examplesOf = (document: Document, media: Json) =>
  Object.entries<Json>(media["examples"] ?? {}).map(([name, example]) => ({
    name,
    value: resolve(document, example)["value"] as unknown,
  }));

const exampleOf = (parameter: Json): string => String(parameter["example"] ?? parameter["schema"].default);

const encoded = (mediaType: string, value: unknown): string => {
  if (mediaType === "application/json") return JSON.stringify(value);
  if (mediaType === "application/x-www-form-urlencoded")
    return new URLSearchParams(value as Record<string, string>).toString();
  return String(value);
};

const resolve = (document: Document, node: Json): Json => {
  if (typeof node["$ref"] !== "string") return node;
  const [, , kind = "", name = ""] = node["$ref"].split("/");
  return resolve(document, document.components[kind]?.[name]);
};
