/** Writes src/generated; with --check, only says whether it is as it should be. */
import { readFileSync, writeFileSync } from "node:fs";
import openapi from "@callpark/spec";

interface Operation {
  security?: unknown[];
  requestBody?: { content: object };
  "x-effect"?: string;
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => method === "get" || method === "post")
    .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation: operation as Operation })),
);
/** `GET /call_park` → `CallPark`: the schema of the answer that is not a refusal. */
const answerSchemas = operations.flatMap(({ name, operation }) =>
  Object.entries(operation.responses).flatMap(([status, { content }]) => {
    const reference = content?.["application/json"]?.schema.$ref;
    return status.startsWith("2") && reference ? [[name, reference.replace("#/components/schemas/", "")]] : [];
  }),
);

const schemas = openapi.components["schemas"] ?? {};
const banner = "// Made from spec/openapi.yaml. Do not edit: change the spec, then `npm run generate`.\n";
const named = (keep: (operation: Operation) => boolean) =>
  operations.filter(({ operation }) => keep(operation)).map(({ name }) => name);
const withoutToken = named(({ security }) => security?.length === 0);
const sessionOnly = named((operation) => operation["x-effect"] === "session");
const sending = (type: string) => named(({ requestBody }) => Object.keys(requestBody?.content ?? {}).includes(type));
const [form, ...otherForms] = sending("application/x-www-form-urlencoded");
if (form === undefined || otherForms.length > 0) throw new Error("The client knows one operation that takes a form");
// The tables are in every bundle, so what both hold is written once. An operation that takes no token and yet changes
// the PBX would end that.
const surprise = withoutToken.find((name) => name.startsWith("POST") && !sessionOnly.includes(name));
if (surprise !== undefined) throw new Error(`${surprise} takes no token and changes more than the session`);
const withContent = ({ responses }: Operation) =>
  Object.entries(responses).some(([status, { content }]) => status.startsWith("2") && content !== undefined);
const silent = withoutToken.find((name) => !named(withContent).includes(name));
if (silent !== undefined) throw new Error(`${silent} takes no token and is answered without content`);
const [silentRead, ...otherSilentReads] = named((operation) => !withContent(operation)).filter((name) =>
  name.startsWith("GET"),
);
if (silentRead === undefined || otherSilentReads.length > 0)
  throw new Error("The client knows one GET that is answered without content");
const list = (...lines: string[]) => `[\n${lines.map((line) => `  ${line},\n`).join("")}]`;
const isSecret = ({ $ref }: { $ref?: string }) => schemas[$ref?.split("/").pop() ?? ""]?.format === "password";
/** What a request's body can hold in secret. */
const secretFields = ["SignIn", "RefreshToken", "PasswordGrant", "RefreshTokenGrant"].flatMap((name) =>
  Object.entries(schemas[name].properties as Record<string, { $ref?: string }>).flatMap(([field, schema]) =>
    isSecret(schema) ? [field] : [],
  ),
);
const operationsText = `${banner}
/** The operations that take no token, and so are never sent one. */
export const withoutToken: readonly string[] = ${list(...withoutToken.map((name) => JSON.stringify(name)))};

/** With those, the operations that change nothing but the caller's own session. Every other POST is a write. */
export const sessionOnly: readonly string[] = ${list(
  "...withoutToken",
  ...sessionOnly.filter((name) => !withoutToken.includes(name)).map((name) => JSON.stringify(name)),
)};

/** With those, and every other GET than one, the operations that are answered with content: an empty answer was cut. */
export const answeredWithContent: readonly string[] = ${list(
  "...withoutToken",
  ...named(withContent)
    .filter((name) => name.startsWith("POST") && !withoutToken.includes(name))
    .map((name) => JSON.stringify(name)),
)};

/** The one GET that is answered without content. */
export const silentRead: string = ${JSON.stringify(silentRead)};

/** The one operation whose body is a form. Bytes are a file, and all else is JSON. */
export const form: string = ${JSON.stringify(form)};

/** The fields of requests that are secret. */
export const secretFields: readonly string[] = ${JSON.stringify([...new Set(secretFields)])};
`;
const { scope, client_id } = schemas["TokenRequest"].properties;
const valuesText = `${banner}
/** The most items that a page can have. */
export const mostItems: number = ${openapi.components["parameters"]?.["Top"].schema.maximum};

/** What every client tells an older PBX's sign-in. */
export const oauthClient = ${JSON.stringify({ scope: scope.enum[0], client_id: client_id.enum[0] })} as const;

/** The schemas of the answers. */
export const answerSchemas: Record<string, string | undefined> = ${JSON.stringify(Object.fromEntries(answerSchemas), null, 2)};

/** What a prompt's WAV file must be. */
export const wav: { encoding: string; bits: number; channels: number; sample_rates: readonly number[] } =
  ${JSON.stringify(schemas["CallParkUpdate"].properties.prompt_file_id["x-wav"])};
`;

for (const [name, wanted] of Object.entries({ operations: operationsText, values: valuesText })) {
  const file = new URL(`../src/generated/${name}.ts`, import.meta.url);
  if (!process.argv.includes("--check")) writeFileSync(file, wanted);
  else if (readFileSync(file, "utf8") !== wanted) {
    console.error(`packages/client/src/generated/${name}.ts is stale: run \`npm run generate\` and commit it.`);
    process.exitCode = 1;
  }
}
