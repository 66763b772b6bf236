import { expect, onTestFinished } from "vitest";
import { type Account, type Sandbox, type SandboxOptions, startSandbox } from "../src/index.ts";
import { type Line, loadLine, resolve, type Schema, validate, versionLines } from "../src/lines.ts";

export const lines: Readonly<Record<string, Line>> = Object.fromEntries(
  await Promise.all(versionLines.map(async (version) => [version, await loadLine(version)] as const)),
);

/** A sandbox that ends with its test. */
export const start = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const pbx = await startSandbox(options);
  onTestFinished(() => pbx.close());
  return pbx;
};

export interface Reply {
  status: number;
  headers: Headers;
  /** Parsed, where it is JSON. */
  body: ReturnType<typeof JSON.parse>;
  bytes: Buffer;
}

interface Extra {
  token?: string;
  json?: unknown;
  form?: Record<string, string>;
  bytes?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

/** Sends a request, and holds the answer to the document of the sandbox's version line. */
export const send = async (pbx: Sandbox, method: string, path: string, extra: Extra = {}): Promise<Reply> => {
  const { token, json, form, bytes, headers } = extra;
  const response = await fetch(`${pbx.apiUrl}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    body: bytes ?? (form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)),
  });
  const content = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get("content-type") === "application/json";
  const body = isJson ? JSON.parse(content.toString()) : undefined;
  const reply = { status: response.status, headers: response.headers, body, bytes: content };
  await holdToDocument(pbx, method, path, reply);
  return reply;
};

const holdToDocument = async (pbx: Sandbox, method: string, path: string, { status, headers, body, bytes }: Reply) => {
  const line = await loadLine(pbx.version);
  const pathname = path.split("?")[0] as string;
  const template = Object.keys(line.document.paths)
    .sort((one, other) => one.split("{").length - other.split("{").length)
    .find((one) => new RegExp(`^${one.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(pathname));
  const operation = template && line.document.paths[template]?.[method.toLowerCase()];
  if (!operation) {
    expect(validate(line, "PbxErrors", body)).toEqual([]);
    return;
  }
  const responses: Record<string, { $ref: string }> = operation.responses;
  const documented = responses[status] ?? (status >= 400 ? responses["4XX"] : undefined);
  if (!documented) throw new Error(`${method} ${path} answered ${status}, which is not documented`);
  const { content, headers: promised } = resolve<{
    content?: Record<string, { schema?: Schema }>;
    headers?: Record<string, { $ref: string }>;
  }>(line.document, documented);
  for (const [name, header] of Object.entries(promised ?? {}))
    if (resolve<{ required?: boolean }>(line.document, header).required)
      expect([...headers.keys()]).toContain(name.toLowerCase());
  if (content?.["application/json"]) {
    const name = String(content["application/json"].schema?.["$ref"]).replace("#/components/schemas/", "");
    expect(headers.get("content-type")).toBe("application/json");
    expect(validate(line, name, body)).toEqual([]);
  } else if (content) expect([headers.get("content-type")]).toEqual(Object.keys(content));
  else expect(bytes.length).toBe(0);
};

/** The access token of a made-up user: the first tenant's administrator, or whoever is named. */
export const tokenOf = async (pbx: Sandbox, account?: Pick<Account, "username" | "domain">): Promise<string> =>
  (await pbx.signIn(account)).accessToken;

export const system = { username: "admin", domain: null };
export const acme = { username: "admin", domain: "acme.example" };
export const globex = { username: "admin", domain: "globex.example" };
export const ada = { username: "ada", domain: "acme.example" };

/** The fields that a refusal names. */
export const fieldsOf = (reply: Reply): string[] => {
  expect(reply.status).toBe(400);
  return reply.body.errors.map((error: { code: string; detail: { field: string } }) => {
    expect(error.code).toBe("VALIDATE_FAILED");
    return error.detail.field;
  });
};
