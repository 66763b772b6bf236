import type { Answering } from "../behaviours/behaviour.ts";
import type { Answer } from "../context.ts";
import { fieldError, notFound, refused, SandboxSeedError, unauthorized, validateFailed } from "../errors.ts";
import type { PbxRequest } from "../pbx.ts";
import { sameSecret } from "../store/secrets.ts";
import { CallError } from "./calls.ts";
import type { SandboxControls } from "./controls.ts";
import type { SwitchKind } from "./switches.ts";

/** Where the control API begins. */
export const controlPath = "/_sandbox";

const done: Answer = { status: 204 };

type Route = (part: string, body: unknown) => Answer | Promise<Answer>;

/** What each path does; `{}` in it is handed over. A GET only tells. */
const routes = (controls: SandboxControls): Record<string, Route> => ({
  "POST /reset": () => {
    controls.reset();
    return done;
  },
  "POST /seed": (_, body) => {
    controls.seed(body as Parameters<SandboxControls["seed"]>[0]);
    return done;
  },
  ...switchRoutes(controls, "faults"),
  ...switchRoutes(controls, "variants"),
  "GET /clock": () => told({ now: controls.now().toISOString() }),
  "POST /clock": (_, body) => {
    const { forward } = fieldsOf(body);
    controls.forward(typeof forward === "number" ? forward : Number.NaN);
    return told({ now: controls.now().toISOString() });
  },
  "GET /requests": () => told({ items: controls.requests() }),
  "GET /calls": () => told({ items: controls.calls.list() }),
  "POST /calls": (_, body) => told(controls.calls.park(textsOf(body, "domain", "parker")), 201),
  "GET /calls/{}": (id) => told(known(controls.calls.show(id))),
  "POST /calls/{}/pick_up": (id) => told(known(controls.calls.pickUp(id))),
});

const switchRoutes = ({ list, set }: SandboxControls, kind: SwitchKind) => ({
  [`GET /${kind}`]: async () => told({ items: await list(kind) }),
  [`POST /${kind}/{}`]: async (id: string) => {
    await set(kind, id, true);
    return done;
  },
  [`POST /${kind}/{}/destroy`]: async (id: string) => {
    await set(kind, id, false);
    return done;
  },
});

const told = (json: unknown, status = 200): Answer => ({ status, json });

const known = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw notFound();
  return value;
};

const fieldsOf = (body: unknown): Record<string, unknown> =>
  typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};

const textsOf = (body: unknown, ...names: string[]): Record<string, string> => {
  const given = Object.entries(fieldsOf(body)).filter(([name]) => names.includes(name));
  const errors = given
    .filter(([, value]) => typeof value !== "string")
    .map(([name]) => fieldError(name, "must be text"));
  if (errors.length > 0) throw validateFailed(...errors);
  return Object.fromEntries(given) as Record<string, string>;
};

/** Puts the control API before the PBX, for whoever has its token. */
export const withControlApi = (answering: Answering, controls: SandboxControls, token: string): Answering => {
  const found = routes(controls);
  return async (request) => {
    if (!request.target.startsWith(`${controlPath}/`)) return answering(request);
    const [, given = ""] = /^Bearer +(\S+)$/i.exec(String(request.headers["authorization"] ?? "")) ?? [];
    if (!sameSecret(given, token)) throw unauthorized("The control API wants the token that the start has printed");
    const [path = ""] = request.target.slice(controlPath.length).split("?");
    const [, kind, part = "", rest = ""] = /^(\/\w+)(?:\/([^/]+)(\/\w+)?)?$/.exec(path) ?? [];
    const route = found[`${request.method} ${kind}${part && "/{}"}${rest}`];
    if (!route) throw notFound("The control API has no such method and path");
    return worded(route, part, request.method === "GET" ? undefined : await readJson(request));
  };
};

const worded = async (route: Route, part: string, body: unknown): Promise<Answer> => {
  try {
    return await route(decodeURIComponent(part), body);
  } catch (error) {
    if (error instanceof SandboxSeedError)
      throw validateFailed(
        ...error.problems.map((problem) => ({ code: "VALIDATE_FAILED" as const, message: problem })),
      );
    // What was asked for cannot be: the error says why, in words for whoever asked.
    if (error instanceof RangeError || error instanceof CallError) throw refused(400, error.message);
    if (error instanceof URIError) throw notFound();
    throw error;
  }
};

const readJson = async ({ body }: PbxRequest): Promise<unknown> => {
  const text = (await body()).toString();
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    throw validateFailed(fieldError("", "is not valid JSON"));
  }
};
