import { readBody } from "./body.ts";
import type { Answer, Context, Pbx } from "./context.ts";
import { notFound, refused, unauthorized } from "./errors.ts";
import { readParameters, type Sent } from "./parameters.ts";
import { createRouter } from "./router.ts";
import type { SessionRow } from "./store/sessions.ts";

/** A request before anything of it is believed. */
export interface PbxRequest {
  method: string;
  /** The path and query, as they were sent. */
  target: string;
  headers: Sent["headers"];
  body(): Promise<Buffer>;
  /** The IP address that it comes from. */
  address?: string;
}

const nothing = Buffer.alloc(0);

/** What a PBX answers; throws a Refusal where it refuses. */
export const createPbx = (pbx: Pbx): ((request: PbxRequest) => Promise<Answer>) => {
  const find = createRouter(pbx.line);

  return async ({ method, target, headers, body }) => {
    const at = target.indexOf("?");
    const match = find(method, at === -1 ? target : target.slice(0, at));
    if (match.found === "nothing") throw notFound("The PBX has no such path");
    if (match.found === "path")
      throw refused(405, `${method} is not a method of this path`, { Allow: match.allow.join(", ") });

    const { route, path } = match;
    const session = route.needsToken ? authenticate(pbx, headers["authorization"]) : undefined;
    const query = at === -1 ? "" : target.slice(at + 1);
    const parameters = readParameters(route.parameters, { path, query, headers });
    const bytes = route.body ? await body() : nothing;
    const value = readBody(pbx.line, route, [headers["content-type"]].flat()[0], bytes);
    const context = { ...pbx, ...parameters, session, body: value, bytes } as Context;
    const { handle } = route;
    // Nothing comes between the steps of a handler, so that only writing needs to be all or nothing.
    return method === "GET" ? handle(context) : pbx.store.transaction(() => handle(context));
  };
};

const authenticate = ({ store }: Pbx, header: string | string[] | undefined): SessionRow => {
  const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(String(header ?? "")) ?? [];
  const session = token === undefined ? undefined : store.sessions.byAccessToken(token);
  if (!session) throw unauthorized();
  return session;
};
