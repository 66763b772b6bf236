import type { Line, Schema } from "./lines.ts";
import { resolve } from "./lines.ts";
import type { Parameter } from "./parameters.ts";

/** One operation of the document, ready to be dispatched to. */
export interface Route {
  operationId: string;
  parameters: Parameter[];
  /** By media type. Undefined where the operation takes no body. */
  body: { required: boolean; content: Record<string, { schema?: Schema | { $ref: string } }> } | undefined;
  needsToken: boolean;
}

type Match =
  | { found: "operation"; route: Route; path: Record<string, string> }
  | { found: "path"; allow: string[] }
  | { found: "nothing" };

export type Router = (method: string, path: string) => Match;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Where the paths of the document begin: the path of its server's URL. */
export const basePath = (line: Line): string => {
  const [server] = line.document["servers"] as { url: string }[];
  return server?.url.replace(/^[^/]*\/\/[^/]+/, "") ?? "";
};

export const createRouter = (line: Line): Router => {
  const paths = Object.entries(line.document.paths).map(([template, item]) => ({
    parts: `${basePath(line)}${template}`.split("/"),
    routes: routesOf(line, item),
  }));
  // A path without parameters goes before one with: /blobs/uploads before /blobs/{digest}.
  paths.sort((one, other) => count(one.parts) - count(other.parts));

  return (method, path) => {
    const given = path.split("/");
    for (const { parts, routes } of paths) {
      const values = match(parts, given);
      if (!values) continue;
      const route = routes.get(method);
      return route ? { found: "operation", route, path: values } : { found: "path", allow: [...routes.keys()] };
    }
    return { found: "nothing" };
  };
};

const isParameter = (part: string) => part.startsWith("{");

const count = (parts: string[]) => parts.filter(isParameter).length;

const match = (parts: string[], given: string[]): Record<string, string> | undefined => {
  if (parts.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] as string;
    if (!isParameter(part)) {
      if (part !== value) return undefined;
      continue;
    }
    const decoded = decode(value);
    if (!decoded) return undefined;
    values[part.slice(1, -1)] = decoded;
  }
  return values;
};

const decode = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

const routesOf = (line: Line, item: Line["document"]["paths"][string]): Map<string, Route> => {
  const { document } = line;
  const routes = new Map<string, Route>();
  for (const method of methods) {
    const operation = item[method];
    if (!operation) continue;
    const parameters: Parameter[] = [...(item["parameters"] ?? []), ...(operation.parameters ?? [])].map(
      (part: Parameter) => {
        const parameter = resolve(document, part);
        return { ...parameter, schema: resolve(document, parameter.schema) };
      },
    );
    const security: unknown[] = operation.security ?? document["security"] ?? [];
    const body = operation.requestBody && resolve<NonNullable<Route["body"]>>(document, operation.requestBody);
    routes.set(method.toUpperCase(), {
      operationId: operation.operationId,
      parameters,
      body: body && { required: body.required === true, content: body.content },
      needsToken: security.length > 0,
    });
  }
  return routes;
};
