import type { Behaviour } from "../../behaviour.ts";
import { answerOf, refusalOf } from "../../tools/at.ts";
import { refusal } from "../../tools/refusals.ts";
import { get, post } from "../../witness.ts";
import { fault, isText, letsIn, nobody, old, right } from "./common.ts";

const form = { grant_type: "password", ...right, scope: "all", client_id: "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a" };
const asking = (change: Record<string, string>) => [
  post("/login/oauth/token", undefined, { ...nobody, form: { ...form, ...change } }),
];

export const oldSignInFaults: readonly Behaviour[] = [
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
