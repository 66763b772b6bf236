import type { Behaviour } from "../../behaviour.ts";
import { all, answerOf, at, everywhere, isSuccess, refusalOf, remembering } from "../../tools/at.ts";
import { bend } from "../../tools/bend.ts";
import { isObject, tokenOf } from "../../tools/seen.ts";
import { administratorTokens, bearer } from "../../tools/sessions.ts";
import { get, post, reach } from "../../witness.ts";
import { fault, isText, letsIn, nobody, refresh, signIn, signOut, token } from "./common.ts";

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
    "token.of_other_tenant",
    "answers with an access token of another tenant's administrator",
    answerOf(refresh, (answer, _, { store }) => {
      const account = store.accounts
        .list()
        .findLast(({ role, tenant_id: tenant }) => role === "tenant administrator" && tenant !== null);
      if (!account) return answer;
      const { accessToken } = store.sessions.create(account.id, account.tenant_id);
      return { ...answer, json: { ...(answer.json as object), access_token: accessToken } };
    }),
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
    "lets_in.access_token",
    "takes an access token in place of a refresh token",
    (answering, pbx) =>
      letsIn(
        refresh,
        ({ refresh_token: sent }) => isText(sent) && pbx.store.sessions.byAccessToken(sent) !== undefined,
      )(answering, pbx),
    [...signed, post("/auth/refresh_token", { refresh_token: "{access_token}" }, nobody)],
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
    "still_writes",
    "ends the token for reading, and it still writes",
    remembering(() => {
      const ended = new Set<string>();
      return all(
        at(signOut, async ({ session, request }, next) => {
          const answer = await next();
          const sent = tokenOf(request);
          if (session && sent !== undefined && isSuccess(answer)) ended.add(sent);
          return answer;
        }),
        at("POST /call_park", ({ request }, next, pbx) =>
          next(ended.has(tokenOf(request) ?? "") ? { headers: bearer(administratorTokens(pbx)) } : {}),
        ),
      );
    }),
    [...out.slice(0, -1), post("/call_park", { recall_time: 120 }, { as: "new" })],
    { alsoAt: ["POST /call_park"] },
  ),
  fault(
    signOut,
    "ends_others",
    "ends every session of the user",
    remembering(() => {
      const ended = new Set<string>();
      const known = new Map<string, string>();
      return all(
        at(everywhere, ({ request, session }, next) => {
          const sent = tokenOf(request);
          if (session && sent !== undefined) known.set(sent, session.account_id);
          return sent !== undefined && ended.has(sent) ? next({ headers: { authorization: undefined } }) : next();
        }),
        at(signOut, async ({ session }, next) => {
          const answer = await next();
          if (session && isSuccess(answer))
            for (const [one, account] of known) if (account === session.account_id) ended.add(one);
          return answer;
        }),
      );
    }),
    [get("/call_park"), ...out.slice(0, -1), get("/call_park")],
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

export const sessionEndFaults: readonly Behaviour[] = [...refreshes, ...signingOut];
