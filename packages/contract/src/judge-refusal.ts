import { type Context, finding } from "./context.ts";
import type { Finding } from "./finding.ts";
import { insideHeaders, insideInformation, textsIn } from "./inside-information.ts";
import { excerpt, judgeAnswer, pathPointer } from "./judge.ts";
import { type Exchange, textOf } from "./wire.ts";

/** Why a request must be refused: what the answer may be depends on it. */
export type Reason = "credentials" | "other tenant" | "body" | "absent" | "method" | "upload token" | "sign-in";

export interface Refusal {
  operation: string;
  /** How the codes of what is found begin. */
  code: string;
  /** What must be refused: "an empty token". */
  what: string;
  /** @default "body" */
  because?: Reason;
  /** Statuses that say it, where not every 4XX does. */
  statuses?: readonly number[];
  /** The rule that is broken. */
  pointer?: string | undefined;
}

export const notImplemented = 501;
const ofCredentials = [401, 403];

/** Is it a refusal as documented: 4XX with the errors envelope, and nothing of the inside? */
export const judgeRefusal = (context: Context, refusal: Refusal, exchange: Exchange): Finding[] => {
  const { operation, code, what, because = "body", pointer } = refusal;
  const { status } = exchange;
  const about = (end: string, documented: string, received: string) =>
    finding(context, {
      operation,
      exchange,
      code: `${code}.${end}`,
      documented,
      received,
      pointer: pointer ?? `${pathPointer(operation)}/responses`,
    });
  const said = `status ${status}${excerpt(exchange)}`;
  // A method that a server does not know at all is answered so by HTTP itself.
  if (because === "method" && status === notImplemented) return [];
  if (status < 400 || status > 499) return [about(endOf(status), `${what} is refused with 4XX`, said)];
  const found = wrongStatus(refusal, status) ? [about("status", wantedOf(refusal), said)] : [];
  const envelope = judgeAnswer(context, operation, code, exchange);
  if (because !== "method") found.push(...envelope);
  // What a method that nobody documents is refused with may be left out; a web page is no answer of an API.
  else if (isPage(exchange))
    found.push(about("page", `${what} is refused with errors in JSON, or without content`, said));
  return [...found, ...tells(context, refusal, exchange)];
};

const isPage = ({ headers }: Exchange): boolean => /^text\/html\b/i.test(headers.get("Content-Type") ?? "");

const endOf = (status: number): string => {
  if (status >= 500) return "crashed";
  return status >= 300 ? "redirected" : "accepted";
};

const wrongStatus = ({ because = "body", statuses }: Refusal, status: number): boolean => {
  if (statuses) return !statuses.includes(status);
  if (because === "credentials") return !ofCredentials.includes(status);
  // Whoever is told so signs in again, to no avail. 403 may be said of what collides, or of what nobody is to learn of.
  return (because === "body" || because === "absent") && status === 401;
};

const wantedOf = ({ what, because = "body", statuses }: Refusal): string =>
  (because === "body" || because === "absent") && !statuses
    ? `${what} is refused for what it is, not as if the token were no good`
    : `${what} is refused with ${(statuses ?? ofCredentials).join(" or ")}`;

const tells = (context: Context, { operation, code }: Refusal, exchange: Exchange): Finding[] => {
  const about = (end: string, documented: string, received: string, where = excerpt(exchange)) =>
    finding(context, {
      operation,
      exchange,
      code: `${code}.${end}`,
      documented,
      received: `${received}${where}`,
      pointer: "#/components/schemas/PbxError",
    });
  const nothing = "a refusal says nothing of the PBX's inside";
  const text = [exchange.text, ...textsIn(exchange.json)].join("\n");
  const inside = insideInformation(text, new URL(exchange.url).host);
  const foreign = foreignIn(context, exchange, text);
  return [
    ...(context.mask(text) === text
      ? []
      : [about("secret", "a refusal says nothing of the token", "a secret of the run")]),
    ...tellingHeaders(context, exchange).map((header) =>
      about("secret_header", "a refusal says nothing of the token", "a secret of the run", `, in the header ${header}`),
    ),
    ...(inside.length === 0 ? [] : [about("inside", nothing, inside.join(" and "))]),
    ...(foreign === undefined ? [] : [about("foreign", "a refusal says nothing of another tenant", foreign)]),
    ...insideHeaders(exchange.headers).map(({ header, what }) =>
      about("inside_header", nothing, what.join(" and "), `, in a header${excerpt({ text: header })}`),
    ),
  ];
};

/** Where a session, and the token of an upload, may well be told anew. */
const headersOfSecrets = ["set-cookie", "portsip-upload-token"];

/** The headers that a secret of the run is in, by their names. */
const tellingHeaders = (context: Context, { headers }: Exchange): string[] =>
  [...headers]
    .filter(([name, value]) => !headersOfSecrets.includes(name) && context.mask(value) !== value)
    .map(([name]) => name);

/** What a refusal tells of the other tenant that its request did not name. */
const foreignIn = ({ idsOfOther = new Set(), otherToken }: Context, exchange: Exchange, text: string) => {
  const { request } = exchange;
  const asked = `${request.path} ${textOf(request)}`;
  if (Object.values(request.headers ?? {}).some((value) => otherToken !== undefined && value.includes(otherToken)))
    return undefined;
  const id = [...idsOfOther].find((one) => text.includes(one) && !asked.includes(one));
  return id === undefined ? undefined : `the id ${id} of something that the other tenant has`;
};
