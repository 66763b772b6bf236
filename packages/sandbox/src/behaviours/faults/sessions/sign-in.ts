import type { Behaviour } from "../../behaviour.ts";
import { answerOf, at, isSuccess, refusalOf } from "../../tools/at.ts";
import { bend } from "../../tools/bend.ts";
import { page } from "../../tools/page.ts";
import { get, post } from "../../witness.ts";
import { fault, isText, letsIn, nobody, right, signIn, signing } from "./common.ts";

export const signInFaults: readonly Behaviour[] = [
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
    "lets_in.password_in_other_case",
    "lets in whoever has the password in other letters, small for capital",
    letsIn(
      signIn,
      ({ username, password, domain }) =>
        isText(password) &&
        password.toLowerCase() === right.password &&
        username === right.username &&
        domain === right.domain,
    ),
    signing({ password: right.password.toUpperCase() }),
    { field: "password" },
  ),
  fault(
    signIn,
    "lets_in.password_cut",
    "compares no more than the first eight letters of a password",
    letsIn(
      signIn,
      ({ username, password, domain }) =>
        isText(password) &&
        password.slice(0, 8) === right.password.slice(0, 8) &&
        username === right.username &&
        domain === right.domain,
    ),
    signing({ password: `${right.password.slice(0, 8)}!` }),
    { field: "password" },
  ),
  fault(
    signIn,
    "lets_in.password_longer",
    "compares no more of a password than it should have, and lets in whoever writes more behind it",
    letsIn(
      signIn,
      ({ username, password, domain }) =>
        isText(password) &&
        password.startsWith(right.password) &&
        username === right.username &&
        domain === right.domain,
    ),
    signing({ password: `${right.password}!` }),
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
    "refusal.other_code",
    "answers a wrong password with another code than UNAUTHORIZED",
    refusalOf(signIn, (answer) => ({
      ...answer,
      json: bend(answer.json, ["errors", "*", "code"], () => "INVALID_CREDENTIALS"),
    })),
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
