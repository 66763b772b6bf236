import type { components } from "@callpark/types";
import { type Answer, type Handlers, sessionOf } from "../context.ts";
import { Refusal, unauthorized } from "../errors.ts";
import type { Store } from "../store/index.ts";
import { sameSecret } from "../store/secrets.ts";
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

const signIn = (store: Store, { username, password, domain }: Credentials): Tokens | undefined => {
  const tenant = domain === undefined ? null : store.tenants.byDomain(domain)?.id;
  const account = tenant === undefined ? undefined : store.accounts.byName(tenant, username);
  // A name that nobody has takes as long as a wrong password.
  const right = sameSecret(password, account?.password ?? "");
  return account && right ? store.sessions.create(account.id, account.tenant_id) : undefined;
};

const wrong = "The name or the password is wrong";
const ended = "The refresh token is not valid";

/** The old sign-in answers 400 where the new one answers 401. */
const asOldSignIn = (message: string) => new Refusal(400, [{ code: "UNAUTHORIZED", message }]);

export const session: Handlers<"signInWithCredentials" | "refreshToken" | "signOut" | "requestToken"> = {
  signInWithCredentials: ({ store, body }) => {
    const tokens = signIn(store, body);
    if (!tokens) throw unauthorized(wrong);
    return token(tokens);
  },
  refreshToken: ({ store, body }) => {
    const tokens = store.sessions.refresh(body.refresh_token);
    if (!tokens) throw unauthorized(ended);
    return token(tokens);
  },
  signOut: (context) => {
    context.store.sessions.end(sessionOf(context).id);
    return { status: 200 };
  },
  requestToken: ({ store, body }) => {
    const refreshes = body.grant_type === "refresh_token";
    const tokens = refreshes ? store.sessions.refresh(body.refresh_token) : signIn(store, body);
    if (!tokens) throw asOldSignIn(refreshes ? ended : wrong);
    return token(tokens);
  },
};
