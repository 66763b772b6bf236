import type { Pbx } from "../../context.ts";
import { basePath } from "../../lines.ts";
import type { PbxRequest } from "../../pbx.ts";
import type { SessionRow } from "../../store/sessions.ts";

/** A request, read once. */
export interface Seen {
  request: PbxRequest;
  /** From the API's base URL, without the query. */
  path: string;
  /** The values in the path, by the names in the operation. */
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  bytes: Buffer;
  /** Undefined where the body is no JSON. */
  json: unknown;
  /** The body's fields; none where it is no object. */
  fields: Readonly<Record<string, unknown>>;
  /** Whose token it carries, if it is good. */
  session: SessionRow | undefined;
}

/** Reads a request, and gives it a body that can be read again. */
export const see = async (pbx: Pbx, request: PbxRequest, parameters: Record<string, string>): Promise<Seen> => {
  const bytes = await request.body();
  const json = parsed(bytes);
  return {
    request: { ...request, body: async () => bytes },
    path: pathOf(pbx, request),
    parameters,
    query: new URLSearchParams(request.target.split("?")[1] ?? ""),
    bytes,
    json,
    fields: isObject(json) ? json : {},
    session: sessionOf(pbx, request),
  };
};

/** Undefined where the request is not of this operation: `GET /ring_groups/{id}`. */
export const parametersOf = (pbx: Pbx, request: PbxRequest, operation: string): Record<string, string> | undefined => {
  const [method, template = ""] = operation.split(" ");
  if (method !== request.method) return undefined;
  // A path without parameters goes before one with: /blobs/uploads is no /blobs/{digest}.
  const path = pathOf(pbx, request);
  if (path !== template && path in pbx.line.document.paths) return undefined;
  const names = template.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const match = new RegExp(`^${names}$`).exec(path);
  return match ? { ...match.groups } : undefined;
};

const pathOf = ({ line }: Pbx, { target }: PbxRequest): string =>
  (target.split("?")[0] ?? "").slice(basePath(line).length);

export const tokenOf = ({ headers }: PbxRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(String(headers["authorization"] ?? ""))?.[1];

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const sessionOf = ({ store }: Pbx, request: PbxRequest): SessionRow | undefined => {
  const token = tokenOf(request);
  return token === undefined ? undefined : store.sessions.byAccessToken(token);
};

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
};
