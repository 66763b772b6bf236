import type { Answer, Context } from "./context.ts";
import type { Line, Schema } from "./lines.ts";
import { basePath, resolve } from "./lines.ts";
import { handlerOf } from "./operations/index.ts";
import type { Parameter } from "./parameters.ts";

/** One operation of the document, ready to be dispatched to. */
export interface Route {
  parameters: Parameter[];
  /** By media type. Undefined where the operation takes no body. */
  body: { required: boolean; content: Record<string, { schema?: Schema | { $ref: string } }> } | undefined;
  needsToken: boolean;
  handle: (context: Context) => Answer;
}

type Match =
  | { found: "operation"; route: Route; path: Record<string, string> }
  | { found: "path"; allow: string[] }
  | { found: "nothing" };

export type Router = (method: string, path: string) => Match;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export const createRouter = (line: Line): Router => {
  const paths = Object.entries(line.document.paths).map(([template, item]) => ({
    parts: `${basePath(line)}${template}`.split("/"),
    routes: routesOf(line, item),
  }));
  // A path without parameters goes before one with: /blobs/uploads before /blobs/{digest}.
  const plain = new Map(
    paths.filter(({ parts }) => !parts.some(isParameter)).map(({ parts, routes }) => [parts.join("/"), routes]),
  );
  const others = paths.filter(({ parts }) => parts.some(isParameter));

  return (method, path) => {
    const known = plain.get(path);
    if (known) return chosen(known, method, {});
    const given = path.split("/");
    for (const { parts, routes } of others) {
      const values = match(parts, given);
      if (values) return chosen(routes, method, values);
    }
    return { found: "nothing" };
  };
};

const chosen = (routes: Map<string, Route>, method: string, path: Record<string, string>): Match => {
  const route = routes.get(method);
  return route ? { found: "operation", route, path } : { found: "path", allow: [...routes.keys()] };
};

const isParameter = (part: string) => part.startsWith("{");

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
      parameters,
      body: body && { required: body.required === true, content: body.content },
      needsToken: security.length > 0,
      handle: handlerOf(operation.operationId),
    });
  }
  return routes;
};
