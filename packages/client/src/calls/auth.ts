import type { Session as SignedIn, SignIn } from "@callpark/types";
import type { CallParkCore } from "../client.ts";
import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { oauthClient } from "../generated/values.ts";
import type { Answer } from "../unwrap.ts";
import type { CallOptions } from "./call-options.ts";

/** Opening, renewing and closing a session, on PBXs old and new. */
export interface AuthCalls {
  /**
   * A token, or `{ two_factor_enabled: true, token }` where a second factor is asked for: finish that in the PBX's own
   * web page.
   *
   * @example
   * const answer = await unwrap(pbx.auth.signIn({ username: "admin", password, domain: "example.com" }));
   * if (answer.two_factor_enabled) throw new Error("This user needs a second factor");
   */
  signIn(credentials: SignIn, options?: CallOptions): Promise<Answer<SignedIn>>;
  /** A new token for a refresh token. */
  refresh(refreshToken: string, options?: CallOptions): Promise<Answer<SignedIn>>;
  /** Ends the session of the client's token. */
  signOut(options?: CallOptions): Promise<Answer<undefined>>;
}

export const authCalls = (pbx: CallParkCore): AuthCalls => ({
  signIn({ username, password, domain }, options) {
    // Left out where there is none: a form would send the word "undefined".
    const body = { username, password, ...(domain !== undefined && { domain }) };
    return either(
      pbx.POST("/auth/sign_in", { ...options, body }),
      () => pbx.POST("/login/oauth/token", { ...options, body: { ...oauthClient, grant_type: "password", ...body } }),
      "check the user name, the password and the domain",
    );
  },
  refresh: (refresh_token, options) =>
    either(
      pbx.POST("/auth/refresh_token", { ...options, body: { refresh_token } }),
      () =>
        pbx.POST("/login/oauth/token", {
          ...options,
          body: { ...oauthClient, grant_type: "refresh_token", refresh_token },
        }),
      "sign in again",
    ),
  signOut: (options) => pbx.POST("/auth/sign_out", { ...options }),
});

/** What the path of today answers, or else the older one: a PBX that does not know a path says 404, or 405. */
const either = async (
  today: Promise<Answer<SignedIn>>,
  older: () => Promise<Answer<SignedIn>>,
  advice: string,
): Promise<Answer<SignedIn>> => {
  let answer = await today;
  if (answer.response.status === 404 || answer.response.status === 405) answer = await older();
  if (answer.response.ok && !answer.data?.two_factor_enabled && !answer.data?.access_token)
    throw new UnexpectedAnswerError("there is no token in it", "signing in");
  return answer.error === undefined ? answer : { ...answer, advice };
};
