import type { components } from "@callpark/types";
import { type Answer, type Handlers, sessionOf } from "../context.ts";
import { Refusal, unauthorized } from "../errors.ts";
import type { Store } from "../store/index.ts";
import { makeToken, sameSecret } from "../store/secrets.ts";
import type { Tokens } from "../store/sessions.ts";

const token = ({ accessToken, refreshToken, expiresIn }: Tokens): Answer => ({
  status: 200,
  json: {
    token_type: "Bearer",
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: expiresIn,
  } satisfies components["schemas"]["Token"],
  headers: { "Cache-Control": "no-store" },
});

interface Credentials {
  username: string;
  password: string;
  domain?: string;
}

/** How the challenge is answered is not documented, so its token leads nowhere. */
const challenge = (): Answer => ({
  status: 200,
  json: { two_factor_enabled: true, token: makeToken() } satisfies components["schemas"]["TwoFactorChallenge"],
  headers: { "Cache-Control": "no-store" },
});

/** Undefined when refused. */
const signIn = (store: Store, { username, password, domain }: Credentials): Answer | undefined => {
  const tenant = domain === undefined ? null : enabledTenant(store, domain);
  const account = tenant === undefined ? undefined : store.accounts.byName(tenant, username);
  // A name that nobody has takes as long as a wrong password.
  const right = sameSecret(password, account?.password ?? "");
  if (!account || !right) return undefined;
  return account.two_factor ? challenge() : token(store.sessions.create(account.id, account.tenant_id));
};

const enabledTenant = (store: Store, domain: string): string | undefined => {
  const tenant = store.tenants.byDomain(domain);
  return tenant?.enabled ? tenant.id : undefined;
};

const refresh = (store: Store, refreshToken: string): Answer | undefined => {
  const tokens = store.sessions.refresh(refreshToken);
  return tokens && token(tokens);
};

const wrong = "The name or the password is wrong";
const ended = "The refresh token is not valid";

/** The old sign-in answers 400 where the new one answers 401. */
const asOldSignIn = (message: string) => new Refusal(400, [{ code: "UNAUTHORIZED", message }]);

export const session: Handlers<"signInWithCredentials" | "refreshToken" | "signOut" | "requestToken"> = {
  signInWithCredentials: ({ store, body }) => {
    const answer = signIn(store, body);
    if (!answer) throw unauthorized(wrong);
    return answer;
  },
  refreshToken: ({ store, body }) => {
    const answer = refresh(store, body.refresh_token);
    if (!answer) throw unauthorized(ended);
    return answer;
  },
  signOut: (context) => {
    context.store.sessions.end(sessionOf(context).id);
    return { status: 200 };
  },
  requestToken: ({ store, body }) => {
    const refreshes = body.grant_type === "refresh_token";
    const answer = refreshes ? refresh(store, body.refresh_token) : signIn(store, body);
    if (!answer) throw asOldSignIn(refreshes ? ended : wrong);
    return answer;
  },
};
