import type { Pbx } from "../../context.ts";
import type { Alter, Behaviour } from "../behaviour.ts";
import { answerOf, at, isSuccess, refusalOf, remembering } from "../tools/at.ts";
import { bend } from "../tools/bend.ts";
import { behaviour } from "../tools/fault.ts";
import { page } from "../tools/page.ts";
import { refusal } from "../tools/refusals.ts";
import { isObject, type Seen } from "../tools/seen.ts";
import { administratorTokens } from "../tools/sessions.ts";
import { get, post, reach, type WitnessRequest } from "../witness.ts";

const signIn = "POST /auth/sign_in";
const refresh = "POST /auth/refresh_token";
const signOut = "POST /auth/sign_out";
const old = "POST /login/oauth/token";

const fault = (
  operation: string,
  name: string,
  what: string,
  alter: Alter,
  witness: readonly WitnessRequest[],
  more: Partial<Behaviour> = {},
): Behaviour => behaviour(operation, name, `${operation} ${what}.`, { class: "sessions", alter, witness, ...more });

const right = { username: "admin", password: "acme-park-1", domain: "acme.example" };
const nobody = { as: "nobody" } as const;
const signing = (change: object) => [post("/auth/sign_in", { ...right, ...change }, nobody)];

const token = (pbx: Pbx) => {
  const { accessToken, refreshToken, expiresIn } = administratorTokens(pbx);
  return { token_type: "Bearer", access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn };
};

/** Lets in where it would refuse. */
const letsIn = (operation: string, when: (fields: Seen["fields"], seen: Seen) => boolean): Alter =>
  at(operation, async (seen, next, pbx) => {
    const answer = await next();
    const fields = operation === old ? Object.fromEntries(new URLSearchParams(seen.bytes.toString())) : seen.fields;
    return !isSuccess(answer) && when(fields, seen) ? { status: 200, json: token(pbx) } : answer;
  });

const isText = (value: unknown): value is string => typeof value === "string";

const signingIn: readonly Behaviour[] = [
  fault(
    signIn,
    "lets_in.wrong_password",
    "lets in whoever has a wrong password",
    letsIn(
      signIn,
      ({ username, password, domain }) => isText(password) && username === right.username && domain === right.domain,
    ),
    signing({ password: "wrong" }),
    { field: "password" },
  ),
  fault(
    signIn,
    "lets_in.empty_password",
    "lets in whoever has an empty password",
    letsIn(signIn, ({ password }) => password === ""),
    signing({ password: "" }),
    { field: "password" },
  ),
  fault(
    signIn,
    "lets_in.no_password",
    "lets in whoever has no password",
    letsIn(signIn, ({ username, password }) => isText(username) && password === undefined),
    [post("/auth/sign_in", { username: "admin", domain: "acme.example" }, nobody)],
    { field: "password" },
  ),
  fault(
    signIn,
    "lets_in.unknown_user",
    "lets in a user whom nobody knows",
    letsIn(signIn, ({ username }) => isText(username) && username !== right.username && username.length <= 64),
    signing({ username: "nobody" }),
  ),
  fault(
    signIn,
    "lets_in.unknown_domain",
    "lets in a user of a domain that nobody has",
    letsIn(signIn, ({ domain, username }) => isText(domain) && username === right.username && domain !== right.domain),
    signing({ domain: "nobody.example" }),
    { field: "domain" },
  ),
  fault(
    signIn,
    "lets_in.long_username",
    "lets in whoever has a name of 65 characters",
    letsIn(signIn, ({ username }) => isText(username) && username.length > 64),
    signing({ username: "x".repeat(65) }),
    { field: "username" },
  ),
  fault(
    signIn,
    "refuses.right_password",
    "refuses the right name and password",
    at(signIn, async (_, next) => {
      const answer = await next();
      return isSuccess(answer)
        ? { status: 401, json: { errors: [{ code: "UNAUTHORIZED", message: "The name or the password is wrong" }] } }
        : answer;
    }),
    signing({}),
  ),
  fault(
    signIn,
    "token.not_good",
    "answers with a token that is not good",
    answerOf(signIn, (answer) => ({ ...answer, json: { ...(answer.json as object), access_token: "bm90LWdvb2Q" } })),
    [...signing({}), get("/tenant", { as: "new" })],
  ),
  fault(
    signIn,
    "refusal.password_echoed",
    "refuses with the password in its message",
    refusalOf(signIn, (answer, { fields }) => ({
      ...answer,
      json: bend(answer.json, ["errors", "*", "message"], () => `${String(fields["password"])} is wrong`),
    })),
    signing({ password: "wrong" }),
    { class: "how it refuses" },
  ),
  fault(
    signIn,
    "refusal.status_500",
    "answers a wrong password with 500",
    refusalOf(signIn, (answer) => ({ ...answer, status: 500 })),
    signing({ password: "wrong" }),
    { class: "how it refuses" },
  ),
  fault(
    signIn,
    "refusal.status_200",
    "answers a wrong password with 200 and its errors",
    refusalOf(signIn, (answer) => ({ ...answer, status: 200 })),
    signing({ password: "wrong" }),
    { class: "how it refuses" },
  ),
  fault(
    signIn,
    "refusal.html",
    "answers a wrong password with a web page",
    refusalOf(signIn, () => page(401)),
    signing({ password: "wrong" }),
    { class: "how it refuses" },
  ),
  fault(
    signIn,
    "refusal.empty_errors",
    "answers a wrong password with an empty list of errors",
    refusalOf(signIn, (answer) => ({ ...answer, json: { errors: [] } })),
    signing({ password: "wrong" }),
    { class: "how it refuses" },
  ),
];

const signed = reach(signIn);
const refreshed = reach(refresh);
const refreshing = (refresh_token: unknown) => [post("/auth/refresh_token", { refresh_token }, nobody)];

const refreshes: readonly Behaviour[] = [
  fault(
    refresh,
    "token.not_good",
    "answers with an access token that is not good",
    answerOf(refresh, (answer) => ({ ...answer, json: { ...(answer.json as object), access_token: "bm90LWdvb2Q" } })),
    [...refreshed, get("/tenant", { as: "new" })],
  ),
  fault(
    refresh,
    "lets_in.wrong_token",
    "takes a refresh token that nobody was given",
    letsIn(refresh, ({ refresh_token: sent }) => isText(sent) && sent !== ""),
    refreshing("bm90LWEtdG9rZW4tYXQtYWxs"),
    { field: "refresh_token" },
  ),
  fault(
    refresh,
    "lets_in.empty_token",
    "takes an empty refresh token",
    letsIn(refresh, ({ refresh_token: sent }) => sent === ""),
    refreshing(""),
    { field: "refresh_token" },
  ),
  fault(
    refresh,
    "lets_in.no_token",
    "does without a refresh token",
    letsIn(refresh, ({ refresh_token: sent }, { json }) => isObject(json) && sent === undefined),
    [post("/auth/refresh_token", {}, nobody)],
    { field: "refresh_token" },
  ),
  fault(
    refresh,
    "refuses.good_token",
    "refuses a refresh token that is good",
    at(refresh, async (_, next) => {
      const answer = await next();
      return isSuccess(answer)
        ? { status: 401, json: { errors: [{ code: "UNAUTHORIZED", message: "The refresh token is not valid" }] } }
        : answer;
    }),
    refreshed,
  ),
  fault(
    refresh,
    "refusal.token_echoed",
    "refuses with the refresh token in its message",
    refusalOf(refresh, (answer, { fields }) => ({
      ...answer,
      json: bend(answer.json, ["errors", "*", "message"], () => `${String(fields["refresh_token"])} is wrong`),
    })),
    refreshing("bm90LWEtdG9rZW4tYXQtYWxs"),
    { class: "how it refuses" },
  ),
  fault(
    refresh,
    "refusal.status_500",
    "answers a wrong refresh token with 500",
    refusalOf(refresh, (answer) => ({ ...answer, status: 500 })),
    refreshing("bm90LWEtdG9rZW4tYXQtYWxs"),
    { class: "how it refuses" },
  ),
];

const out = [...signed, post("/auth/sign_out", undefined, { as: "new" }), get("/call_park", { as: "new" })];

const signingOut: readonly Behaviour[] = [
  fault(
    signOut,
    "still_good",
    "answers with 200, and the token is still good",
    at(signOut, ({ session }, next) => (session ? { status: 200 } : next())),
    out,
    { alsoAt: ["GET /call_park"] },
  ),
  fault(
    signOut,
    "refresh_still_good",
    "ends the access token, and the refresh token is still good",
    remembering(() => {
      let ended = false;
      return (answering, pbx) =>
        at([signOut, refresh], async ({ path, session, fields }, next) => {
          if (path.endsWith("sign_out")) {
            const answer = await next();
            ended ||= session !== undefined && isSuccess(answer);
            return answer;
          }
          const answer = await next();
          return !isSuccess(answer) && ended && isText(fields["refresh_token"]) && fields["refresh_token"].length === 32
            ? { status: 200, json: token(pbx) }
            : answer;
        })(answering, pbx);
    }),
    [...signed, post("/auth/sign_out", undefined, { as: "new" }), ...refreshing("{refresh_token}")],
    { alsoAt: [refresh] },
  ),
];

const form = { grant_type: "password", ...right, scope: "all", client_id: "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a" };
const asking = (change: Record<string, string>) => [
  post("/login/oauth/token", undefined, { ...nobody, form: { ...form, ...change } }),
];

const oldSignIn: readonly Behaviour[] = [
  fault(
    old,
    "lets_in.wrong_password",
    "lets in whoever has a wrong password",
    letsIn(
      old,
      ({ grant_type, password, username, domain }) =>
        grant_type === "password" && isText(password) && username === right.username && domain === right.domain,
    ),
    asking({ password: "wrong" }),
    { field: "password" },
  ),
  fault(
    old,
    "lets_in.unknown_user",
    "lets in a user whom nobody knows",
    letsIn(
      old,
      ({ grant_type, username }) => grant_type === "password" && isText(username) && username !== right.username,
    ),
    asking({ username: "nobody" }),
  ),
  fault(
    old,
    "lets_in.wrong_refresh_token",
    "takes a refresh token that nobody was given",
    letsIn(old, ({ grant_type }) => grant_type === "refresh_token"),
    asking({ grant_type: "refresh_token", refresh_token: "bm90LWEtdG9rZW4" }),
    { field: "refresh_token" },
  ),
  fault(
    old,
    "takes.grant_type",
    "takes a grant_type that nobody knows",
    letsIn(old, ({ grant_type }) => isText(grant_type) && !/^(password|refresh_token)$/.test(grant_type)),
    asking({ grant_type: "anything" }),
    { field: "grant_type" },
  ),
  fault(
    old,
    "refusal.status_500",
    "answers a wrong password with 500",
    refusalOf(old, (answer) => ({ ...answer, status: 500 })),
    asking({ password: "wrong" }),
    { class: "how it refuses" },
  ),
  fault(
    old,
    "refusal.empty_errors",
    "answers a wrong password with an empty list of errors",
    refusalOf(old, (answer) => ({ ...answer, json: { errors: [] } })),
    asking({ password: "wrong" }),
    { class: "how it refuses" },
  ),
  fault(
    old,
    "refuses.right_password",
    "refuses the right name and password",
    answerOf(old, () => refusal("password", "is wrong")),
    asking({}),
  ),
  fault(
    old,
    "token.not_good",
    "answers with a token that is not good",
    answerOf(old, (answer) => ({ ...answer, json: { ...(answer.json as object), access_token: "bm90LWdvb2Q" } })),
    [...asking({}), get("/tenant", { as: "new" })],
  ),
];

export const sessionFaults: readonly Behaviour[] = [...signingIn, ...refreshes, ...signingOut, ...oldSignIn];
