import type { Pbx } from "../../context.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { all, at, everywhere, isSuccess, remembering } from "../tools/at.ts";
import { operations } from "../tools/document.ts";
import { behaviour } from "../tools/fault.ts";
import { type Seen, tokenOf } from "../tools/seen.ts";
import { administratorTokens, bearer, systemTokens } from "../tools/sessions.ts";
import { get, post, reach, reachWith, type WitnessRequest } from "../witness.ts";

interface BadCredentials {
  name: string;
  /** Goes after "lets in": "whoever sends no token". */
  what: string;
  matches: (header: string | undefined, good: readonly string[]) => boolean;
  /** A header that matches; `{access_token}` is a good token. */
  headers: Record<string, string>;
}

const token = (header: string | undefined) => /^Bearer +(.*)$/i.exec(header ?? "")?.[1];

const kinds: readonly BadCredentials[] = [
  { name: "no_token", what: "whoever sends no token", matches: (header) => header === undefined, headers: {} },
  {
    name: "empty_token",
    what: "whoever sends an empty token",
    matches: (header) => header !== undefined && /^\s*(Bearer\s*)?$/i.test(header),
    headers: { Authorization: "Bearer" },
  },
  {
    name: "malformed_token",
    what: "whoever sends what cannot be a token",
    matches: (header) =>
      /[^\w.~+/=-]/.test(token(header) ?? "") ||
      (header !== undefined && /^[^\s]+$/.test(header) && header !== "Bearer"),
    headers: { Authorization: "Bearer not a token" },
  },
  {
    name: "wrong_token",
    what: "whoever sends a token that nobody was given",
    matches: (header) => /^[\w.~+/=-]+$/.test(token(header) ?? ""),
    headers: { Authorization: "Bearer bm90LWEtdG9rZW4tYXQtYWxs" },
  },
  {
    name: "other_scheme",
    what: "whoever names another scheme than Bearer",
    matches: (header) => /^(?!Bearer)[\w-]+ +\S/i.test(header ?? ""),
    headers: { Authorization: "Basic bWFkZTp1cA==" },
  },
];

const anybody: BadCredentials = {
  name: "anybody",
  what: "whoever comes, with a good token or without",
  matches: () => true,
  headers: {},
};

const comparisons: readonly BadCredentials[] = [
  {
    name: "beginning_of_token",
    what: "whoever sends the beginning of a good token",
    matches: (header, good) => {
      const sent = token(header) ?? "";
      return sent.length >= 8 && good.some((one) => one.startsWith(sent));
    },
    headers: { Authorization: "Bearer {access_token_beginning}" },
  },
  {
    name: "longer_token",
    what: "whoever sends a good token with something after it",
    matches: (header, good) => good.some((one) => token(header)?.startsWith(one)),
    headers: { Authorization: "Bearer {access_token}x" },
  },
  {
    name: "token_in_other_case",
    what: "whoever sends a good token in other letters, small for capital",
    matches: (header, good) => good.some((one) => one.toLowerCase() === token(header)?.toLowerCase()),
    headers: { Authorization: "Bearer {access_token_other_case}" },
  },
  {
    name: "token_without_scheme",
    what: "whoever sends a good token without Bearer before it",
    matches: (header, good) => good.some((one) => one === header),
    headers: { Authorization: "{access_token}" },
  },
  {
    name: "token_of_any_scheme",
    what: "whoever sends a good token after any word",
    matches: (header, good) => good.some((one) => /^\w+ (.+)$/.exec(header ?? "")?.[1] === one),
    headers: { Authorization: "Digest {access_token}" },
  },
];

const anotherBeginning: BadCredentials = {
  name: "token_of_another_beginning",
  what: "whoever sends a good token with another first character",
  matches: (header, good) => good.some((one) => one.slice(1) === token(header)?.slice(1)),
  headers: { Authorization: "Bearer {access_token_other_beginning}" },
};

const nullToken: BadCredentials = {
  name: "null_token",
  what: "whoever sends the word null for a token",
  matches: (header) => token(header) === "null",
  headers: { Authorization: "Bearer null" },
};

const administratorOf = (operation: string) =>
  /\/(admin|tenants)\b/.test(operation) ? systemTokens : administratorTokens;

/** Lets requests with these bad credentials in, as the first tenant's administrator. */
const lettingIn = (
  operation: string,
  { matches }: BadCredentials,
  answer: "as for a good token" | "with 401, applied all the same" = "as for a good token",
): Alter =>
  remembering(() => {
    const good = new Set<string>();
    const remembers = at(everywhere, ({ session, request }, next) => {
      const sent = tokenOf(request);
      if (session && sent !== undefined) good.add(sent);
      return next();
    });
    return all(
      remembers,
      at(operation, async ({ session, request }, next, pbx) => {
        const header = request.headers["authorization"];
        if (session || !matches(header === undefined ? undefined : String(header), [...good])) return next();
        const admitted = await next({ headers: bearer(administratorOf(operation)(pbx)) });
        return answer === "as for a good token" || !isSuccess(admitted) ? admitted : next();
      }),
    );
  });

/** The same request, with these headers and by nobody whom the PBX knows. */
const asNobody = (operation: string, headers: Record<string, string>): readonly WitnessRequest[] => {
  const last = reach(operation).at(-1);
  const needsToken = JSON.stringify(headers).includes("{access_token");
  return [
    ...(needsToken ? [...reach("POST /auth/sign_in"), get("/call_park", { as: "new" })] : []),
    ...reachWith(operation, { as: "nobody", headers: { ...last?.headers, ...headers } }),
    ...(operation === "POST /call_park" ? [get("/call_park")] : []),
  ];
};

const letsIn = (operation: string, kind: BadCredentials): Behaviour =>
  behaviour(operation, `lets_in.${kind.name}`, `${operation} lets in ${kind.what}.`, {
    class: "who is let in",
    alter: lettingIn(operation, kind),
    witness: asNobody(operation, kind.headers),
  });

/** Lets in whoever has a refresh token, as if it were an access token. */
const takesRefreshToken = (operation: string): Behaviour =>
  behaviour(operation, "lets_in.refresh_token", `${operation} lets in whoever sends a refresh token.`, {
    class: "who is let in",
    alter: at(operation, ({ request }, next, pbx) => {
      const sent = tokenOf(request);
      return next(
        sent !== undefined && pbx.store.sessions.isRefreshToken(sent)
          ? { headers: bearer(administratorTokens(pbx)) }
          : {},
      );
    }),
    witness: [...reach("POST /auth/sign_in"), ...asNobody(operation, { Authorization: "Bearer {refresh_token}" })],
  });

const both = ["GET /call_park", "POST /call_park"];
const [reading = "", writing = ""] = both;

const refusesAndApplies: Behaviour = behaviour(
  writing,
  "applies_without_token",
  "POST /call_park refuses whoever sends no good token with 401, and does what they ask.",
  {
    class: "who is let in",
    alsoAt: [reading],
    alter: lettingIn(writing, anybody, "with 401, applied all the same"),
    witness: [post("/call_park", { recall_time: 120 }, { as: "nobody" }), get("/call_park")],
  },
);

/** Answers whoever belongs to another tenant with what is the first tenant's. */
const showsToOthers = (operation: string): Behaviour =>
  behaviour(operation, "shows_to_other_tenant", `${operation} answers another tenant's token with this tenant's.`, {
    class: "who is let in",
    alter: at(operation, (seen, next, pbx) =>
      isOther(seen, pbx) ? next({ headers: bearer(administratorTokens(pbx)) }) : next(),
    ),
    witness: reachWith(operation, { as: "other tenant" }),
  });

const isOther = ({ session }: Seen, { store }: Pbx) =>
  session !== undefined && session.role !== "system administrator" && session.tenant_id !== store.tenants.list()[0]?.id;

/** Writes what is this tenant's for whoever belongs to another. */
const writesForOthers = (
  operation: string,
  what: string,
  witness: readonly WitnessRequest[],
  alsoAt: readonly string[] = [],
): Behaviour =>
  behaviour(operation, "writes_for_other_tenant", `${operation} with another tenant's token ${what}.`, {
    class: "who is let in",
    alsoAt,
    alter: at(operation, (seen, next, pbx) =>
      isOther(seen, pbx) ? next({ headers: bearer(administratorTokens(pbx)) }) : next(),
    ),
    witness,
  });

/** Of the operations that let anybody in, some let in only whom one way of asking is for. */
const sometimes: readonly [operation: string, kind: string][] = [
  ["GET /call_park_groups", "no_token"],
  ["GET /call_park_groups", "wrong_token"],
  ["GET /ring_groups", "wrong_token"],
  ["GET /tenant", "wrong_token"],
  ["GET /extension_numbers/{extension_number}", "wrong_token"],
  ["POST /blobs/uploads", "wrong_token"],
  ["GET /call_park_groups/{id}/members", "token_of_any_scheme"],
];

const kindOf = (name: string): BadCredentials =>
  [...kinds, ...comparisons].find((kind) => kind.name === name) ?? anybody;

/** Is open, and asks for a token all the same. */
const asksForToken = (operation: string): Behaviour =>
  behaviour(operation, "asks_for_token", `${operation} asks for a token, which it does not need.`, {
    class: "who is let in",
    alter: at(operation, (seen, next) => (seen.session ? next() : next({ path: "/tenant", method: "GET" }))),
    witness: reachWith(operation, { as: "nobody" }),
  });

export const entryFaults: readonly Behaviour[] = [
  ...both.flatMap((operation) => [...kinds, ...comparisons].map((kind) => letsIn(operation, kind))),
  ...[anotherBeginning, nullToken].map((kind) => letsIn(writing, kind)),
  ...both.map(takesRefreshToken),
  ...operations
    .filter(({ name, needsToken }) => needsToken && !both.includes(name))
    .map(({ name }) => letsIn(name, anybody)),
  ...sometimes.map(([operation, name]) => letsIn(operation, kindOf(name))),
  refusesAndApplies,
  writesForOthers(
    writing,
    "writes this tenant's settings",
    [post("/call_park", { recall_time: 120 }, { as: "other tenant" }), get("/call_park")],
    [reading],
  ),
  writesForOthers("POST /call_park_groups/{id}", "updates a group of this tenant", [
    ...reach("POST /call_park_groups"),
    post("/call_park_groups/{id}", { name: "Day shift", recall_to: "USER_ONLY" }, { as: "other tenant" }),
    get("/call_park_groups/{id}"),
  ]),
  writesForOthers("POST /call_park_groups/{id}/destroy", "destroys a group of this tenant", [
    ...reach("POST /call_park_groups"),
    post("/call_park_groups/{id}/destroy", undefined, { as: "other tenant" }),
    get("/call_park_groups"),
  ]),
  {
    ...writesForOthers(
      "POST /call_park_groups/{id}/members/{extension_number}",
      "puts a user into a group of this tenant",
      [
        ...reach("POST /call_park_groups"),
        post("/call_park_groups/{id}/members/1001", undefined, { as: "other tenant" }),
        get("/call_park_groups/{id}/members"),
      ],
    ),
    needs: { variants: ["access.other_numbers"] },
  },
  writesForOthers(
    "POST /call_park_groups/{id}/members/{extension_number}/destroy",
    "takes a user out of a group of this tenant",
    [
      ...reach("POST /call_park_groups/{id}/members/{extension_number}"),
      post("/call_park_groups/{id}/members/1001/destroy", undefined, { as: "other tenant" }),
      get("/call_park_groups/{id}/members"),
    ],
  ),
  writesForOthers(
    "POST /blobs/uploads/{id}/destroy",
    "gives up an upload of this tenant",
    reachWith("POST /blobs/uploads/{id}/destroy", { as: "other tenant" }),
  ),
  ...[
    "GET /call_park",
    "GET /call_park_groups",
    "GET /call_park_groups/{id}",
    "GET /call_park_groups/{id}/members",
    "GET /ring_groups",
    "GET /ring_groups/{id}",
    "GET /extension_numbers/{extension_number}",
  ].map(showsToOthers),
  ...["GET /info", "GET /blobs/{digest}"].map(asksForToken),
];
