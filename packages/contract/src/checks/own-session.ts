import { granted } from "../asking.ts";
import { Skip } from "../check.ts";
import type { Context } from "../context.ts";
import type { Finding } from "../finding.ts";
import { isSettings } from "../guard/settings.ts";
import { judgeRefusal } from "../judge-refusal.ts";
import { signInRequest } from "../sign-in.ts";
import type { Credentials } from "../target.ts";
import type { Exchange, WireRequest } from "../wire.ts";

/** The ways in of the newer lines and of the older ones. */
export interface Way {
  signIn: string;
  refresh: string;
}

export const newer: Way = { signIn: "POST /auth/sign_in", refresh: "POST /auth/refresh_token" };
export const older: Way = { signIn: "POST /login/oauth/token", refresh: "POST /login/oauth/token" };
export const wayOf = ({ contract }: Context): Way => (contract.has(newer.signIn) ? newer : older);

export interface Tokens {
  access: string;
  refresh: string | undefined;
}

export interface SignedIn {
  findings: Finding[];
  /** Undefined where none were given. */
  tokens: Tokens | undefined;
  /** The HTTP status that the PBX answered with. */
  status: number;
}

/** @throws Skip where there are no credentials to sign in with. */
export const credentialsOf = ({ credentials }: Context): Credentials => {
  if (credentials === undefined)
    throw new Skip(
      "It takes a user's name and password: give credentials (--username with --password-file or CALLPARK_PASSWORD).",
    );
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
  return { findings, tokens, status: exchange.status };
};

/** A second session of the run's user; a system administrator's is moved into the tenant first. */
export const secondSession = async (context: Context, code: string): Promise<SignedIn> => {
  const who = credentialsOf(context);
  const { tenantId } = context;
  const signed = await signedInAs(context, who, code);
  if (signed.tokens && who.domain === undefined && tenantId !== undefined)
    await asSession(context, signed.tokens.access, {
      method: "POST",
      path: `/tenants/switch?id=${encodeURIComponent(tenantId)}`,
    });
  return signed;
};

/** With the token of such a session; a command to send it again has it in CALLPARK_SESSION_TOKEN. */
export const bySession = (token: string, request: WireRequest): WireRequest => ({
  ...request,
  headers: { ...request.headers, Authorization: `Bearer ${token}` },
  anonymous: true,
  authorizationInShell: "Bearer $CALLPARK_SESSION_TOKEN",
});

export const asSession = (context: Context, token: string, request: WireRequest): Promise<Exchange> =>
  context.session.sendAs(bySession(token, request));

/** What a token is tried with. */
export const settings: WireRequest = { method: "GET", path: "/call_park" };

export const signOut = async (context: Context, token: string): Promise<Exchange | undefined> =>
  context.contract.has("POST /auth/sign_out")
    ? asSession(context, token, { method: "POST", path: "/auth/sign_out" })
    : undefined;

export const bad = (context: Context, operation: string, code: string, what: string, exchange: Exchange): Finding[] =>
  judgeRefusal(context, { operation, code, what, because: "sign-in" }, exchange);
