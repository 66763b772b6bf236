import { type BadCredentials, noToken } from "./bad-credentials.ts";
import { type Context, finding, send } from "./context.ts";
import type { Finding } from "./finding.ts";
import { isSettings } from "./guard/settings.ts";
import { excerpt, judgeAnswer, pathPointer } from "./judge.ts";
import { judgeRefusal, type Refusal } from "./judge-refusal.ts";
import { idsIn } from "./paging.ts";
import type { Exchange, WireRequest } from "./wire.ts";

/** A request of an operation other than those of /call_park. */
export const request = (method: string, path: string, body?: unknown): WireRequest => ({
  method,
  path,
  ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
});

/** What must be carried out, and its answer. */
export const granted = (context: Context, operation: string, code: string, exchange: Exchange): Finding[] => {
  if (exchange.status < 400 || exchange.status > 499) return judgeAnswer(context, operation, code, exchange);
  return [
    finding(context, {
      code: `${code}.refused`,
      operation,
      documented: "it is carried out",
      received: `status ${exchange.status}${excerpt(exchange)}`,
      pointer: `${pathPointer(operation)}/responses`,
      exchange,
    }),
  ];
};

/** Sends what must be refused. */
export const denied = async (context: Context, refusal: Refusal, asked: WireRequest): Promise<Finding[]> =>
  judgeRefusal(context, refusal, await send(context, asked));

/** Sends it with the token spoilt in one way, where this token can be. */
export const deniedToSpoilt = async (
  context: Context,
  credentials: BadCredentials,
  { operation, code }: { operation: string; code: string },
  asked: WireRequest,
): Promise<Finding[]> => {
  const spoilt = context.session.spoilt(credentials);
  if (spoilt === undefined) return [];
  const { id, what, statuses = [401, 403] } = credentials;
  const exchange = await context.session.sendAs({
    ...asked,
    ...spoilt,
    headers: { ...asked.headers, ...spoilt.headers },
  });
  const refusal = { operation, code: `${code}.authentication.${id}`, what, because: "credentials" as const, statuses };
  return judgeRefusal(context, refusal, exchange);
};

/** Sends it without a token: a stranger must not be let in, whatever is asked for. */
export const deniedToStrangers = (
  context: Context,
  operation: string,
  code: string,
  asked: WireRequest,
): Promise<Finding[]> => deniedToSpoilt(context, noToken, { operation, code }, asked);

/** Sends it with the other tenant's token: what is this tenant's is not theirs. */
export const deniedToOthers = async (
  context: Context,
  operation: string,
  code: string,
  asked: WireRequest,
): Promise<Finding[]> => {
  const exchange = await context.session.sendAs({
    ...asked,
    headers: { ...asked.headers, Authorization: `Bearer ${context.otherToken}` },
  });
  return judgeRefusal(
    context,
    {
      operation,
      code: `${code}.other_tenant`,
      what: "another tenant's token",
      because: "other tenant",
    },
    exchange,
  );
};

/** What was taken of a request that no document says must be refused: `open` names what is not said. */
export const leftOpen = (
  context: Context,
  parts: {
    operation: string;
    code: string;
    /** "whether the digest must be sent". */
    open: string;
    received: string;
    exchange: Exchange;
    pointer?: string | undefined;
  },
): Finding => {
  const { operation, code, open, pointer = pathPointer(operation), ...rest } = parts;
  const documented = `${open} is not documented`;
  return finding(context, { ...rest, code: `${code}.taken`, kind: "observation", operation, documented, pointer });
};

/**
 * As `deniedToOthers`, of a request that changes what is at a path. Ids may be counted for each tenant by itself: where
 * the other tenant's token sees something there, that may be the other tenant's own, and it is left alone.
 */
export const changeDeniedToOthers = async (
  context: Context,
  operation: string,
  code: string,
  asked: WireRequest,
  path: string,
): Promise<Finding[]> => {
  const { status } = await asOther(context, path);
  return status >= 400 && status < 500 ? deniedToOthers(context, operation, code, asked) : [];
};

/** Is what the other tenant's token sees at a path another thing than the run's own, whose names begin so? */
export const isTheirs = async (context: Context, path: string, beginning: string): Promise<boolean> => {
  const { json } = await asOther(context, path);
  const named = isSettings(json) ? json["name"] : undefined;
  return typeof named === "string" && !named.startsWith(beginning);
};

/** Reads with the other tenant's token. */
export const asOther = async (context: Context, path: string): Promise<Exchange> => {
  const headers = { Authorization: `Bearer ${context.otherToken}` };
  const exchange = await context.session.sendAs({ method: "GET", path, headers });
  const theirs = idsIn(exchange.json);
  if (theirs.length > 0) {
    const ours = idsIn((await context.session.once(path)).json);
    context.idsOfOther ??= new Set();
    for (const id of theirs) if (id.length >= tellingLength && !ours.includes(id)) context.idsOfOther.add(id);
  }
  return exchange;
};

/** In characters: a shorter id may stand in a text by chance. */
const tellingLength = 8;
