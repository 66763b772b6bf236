import { granted } from "../asking.ts";
import { type Check, Skip } from "../check.ts";
import { type Context, finding } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { refreshRequests } from "../refresh.ts";
import { signInRequest } from "../sign-in.ts";
import type { Credentials } from "../target.ts";
import type { Exchange, WireRequest } from "../wire.ts";

/** The ways in of the newer lines and of the older ones. */
interface Way {
  signIn: string;
  refresh: string;
}

const newer: Way = { signIn: "POST /auth/sign_in", refresh: "POST /auth/refresh_token" };
const older: Way = { signIn: "POST /login/oauth/token", refresh: "POST /login/oauth/token" };
const wayOf = ({ contract }: Context): Way => (contract.has(newer.signIn) ? newer : older);

interface Tokens {
  access: string;
  refresh: string | undefined;
}

interface SignedIn {
  findings: Finding[];
  /** Undefined where none were given. */
  tokens: Tokens | undefined;
}

/** @throws Skip where there are no credentials to sign in with. */
const credentialsOf = ({ credentials }: Context): Credentials => {
  if (credentials === undefined) throw new Skip("It takes a user's name and password.");
  return credentials;
};

/** A session of the run's own, which it may end. */
export const signedInAs = async (context: Context, who: Credentials, code: string): Promise<SignedIn> => {
  const { signIn: operation } = wayOf(context);
  const exchange = await context.session.sendAs(signInRequest(context.contract, who));
  const answer = isSettings(exchange.json) ? exchange.json : {};
  for (const name of ["access_token", "refresh_token", "token"])
    if (typeof answer[name] === "string") context.session.hide(answer[name]);
  const findings = granted(context, operation, code, exchange);
  if (answer["two_factor_enabled"] === true)
    throw new Skip("The user signs in with a second factor, which the run does not have.");
  const access = answer["access_token"];
  const tokens: Tokens | undefined =
    exchange.status === 200 && typeof access === "string"
      ? { access, refresh: typeof answer["refresh_token"] === "string" ? answer["refresh_token"] : undefined }
      : undefined;
  return { findings, tokens };
};

const asks = (context: Context, token: string, request: WireRequest): Promise<Exchange> =>
  context.session.sendAs({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });

const settings: WireRequest = { method: "GET", path: "/call_park" };

/** A token that was given must be good for the settings. */
const isGood = async (context: Context, operation: string, code: string, token: string): Promise<Finding[]> => {
  const exchange = await asks(context, token, settings);
  if (exchange.status !== 401) return [];
  return [
    finding(context, {
      code: `${code}.token`,
      operation,
      documented: "a token that is good at once",
      received: "401 for GET /call_park with it",
      pointer: "#/components/schemas/Token/properties/access_token",
    }),
  ];
};

const bad = (context: Context, operation: string, code: string, what: string, exchange: Exchange): Finding[] =>
  judgeRefusal(context, { operation, code, what, because: "sign-in" }, exchange);

const signIn: Check = {
  id: "auth.sign_in",
  title: "A user signs in with the right password and with no other",
  operation: "GET /info",
  level: "read",
  run: async (context) => {
    const who = credentialsOf(context);
    const { signIn: operation } = wayOf(context);
    const code = "auth.sign_in";
    const { findings, tokens } = await signedInAs(context, who, code);
    if (tokens !== undefined) {
      findings.push(...(await isGood(context, operation, code, tokens.access)));
      await signOut(context, tokens.access);
    }
    const refused = async (end: string, what: string, as: Partial<Credentials>, without?: keyof Credentials) => {
      const { [without ?? "none"]: _, ...sent } = { none: undefined, ...who, ...as };
      const exchange = await context.session.sendAs(signInRequest(context.contract, sent as Credentials));
      findings.push(...bad(context, operation, `${code}.${end}`, what, exchange));
    };
    await refused("wrong_password", "a wrong password", { password: "callpark-wrong-password" });
    await refused("unknown_user", "a user who does not exist", { username: "callpark-no-such-user" });
    await refused("empty_password", "an empty password", { password: "" });
    await refused("no_password", "no password", {}, "password");
    const { maxLength: longest = 0 } = context.contract.schema("UserName");
    await refused("long_username", `a name of ${longest + 1} characters`, { username: "x".repeat(longest + 1) });
    if (operation === older.signIn) {
      const asked = signInRequest(context.contract, who);
      const body = new URLSearchParams(String(asked.body));
      body.set("grant_type", "callpark");
      const exchange = await context.session.sendAs({ ...asked, body: body.toString() });
      findings.push(...bad(context, operation, `${code}.grant_type`, "a grant_type that nobody knows", exchange));
    }
    if (who.domain !== undefined)
      await refused("unknown_domain", "a domain that nobody has", { domain: "callpark-no-such-domain.example" });
    return findings;
  },
};

const signOut = async (context: Context, token: string): Promise<Exchange | undefined> =>
  context.contract.has("POST /auth/sign_out")
    ? asks(context, token, { method: "POST", path: "/auth/sign_out" })
    : undefined;

const refresh: Check = {
  id: "auth.refresh_token",
  title: "A refresh token gives a new token, and a made-up one gives none",
  operation: "GET /info",
  level: "read",
  run: async (context) => {
    const { refresh: operation } = wayOf(context);
    const code = "auth.refresh_token";
    const { tokens } = await signedInAs(context, credentialsOf(context), code);
    if (tokens?.refresh === undefined) throw new Skip("Signing in gave no refresh token.");
    const [first, second] = refreshRequests(tokens.refresh);
    const exchange = await context.session.sendAs(operation === older.refresh ? second : first);
    const answer = isSettings(exchange.json) ? exchange.json : {};
    for (const name of ["access_token", "refresh_token"])
      if (typeof answer[name] === "string") context.session.hide(answer[name]);
    const findings = granted(context, operation, code, exchange);
    const fresh = answer["access_token"];
    if (typeof fresh === "string") {
      findings.push(...(await isGood(context, operation, code, fresh)));
      await signOut(context, fresh);
    }
    // It is hidden, and so is the beginning of it at the end of a text: it must not begin as anything else does.
    const made = "wrong-refresh-token-of-callpark";
    context.session.hide(made);
    for (const [end, what, sent] of [
      ["wrong", "a made-up refresh token", made],
      ["empty", "an empty refresh token", ""],
      ["missing", "no refresh token", undefined],
    ] as const) {
      const [wrong, wrongOlder] = refreshRequests(sent);
      const refused = await context.session.sendAs(operation === older.refresh ? wrongOlder : wrong);
      findings.push(...bad(context, operation, `${code}.${end}`, what, refused));
    }
    return findings;
  },
};

const ends: Check = {
  id: "auth.sign_out",
  title: "Signing out ends the session",
  operation: "POST /auth/sign_out",
  level: "read",
  run: async (context) => {
    const operation = "POST /auth/sign_out";
    const code = "auth.sign_out";
    const { tokens } = await signedInAs(context, credentialsOf(context), code);
    if (tokens === undefined) throw new Skip("Signing in gave no token.");
    const stranger = await context.session.sendAs({ method: "POST", path: "/auth/sign_out" });
    const findings = judgeRefusal(
      context,
      { operation, code: `${code}.authentication.none`, what: "a request without a token", because: "credentials" },
      stranger,
    );
    const exchange = await signOut(context, tokens.access);
    if (exchange !== undefined) findings.push(...granted(context, operation, code, exchange));
    if (tokens.refresh !== undefined) {
      const [again] = refreshRequests(tokens.refresh);
      const what = "the refresh token of a session that has ended";
      findings.push(...bad(context, operation, `${code}.refresh_token`, what, await context.session.sendAs(again)));
    }
    const after = await asks(context, tokens.access, settings);
    findings.push(
      ...judgeRefusal(
        context,
        { operation, code: `${code}.token`, what: "a token whose session has ended", because: "credentials" },
        after,
      ),
    );
    return findings;
  },
};

export const sessions: readonly Check[] = [signIn, refresh, ends];
