import type { Contract } from "./contract-document.ts";
import { fixedOfTokenRequest } from "./refresh.ts";
import type { Credentials } from "./target.ts";
import type { WireRequest } from "./wire.ts";

/** Signing in, as this line wants it. */
export const signInRequest = (contract: Contract, { username, password, domain }: Credentials): WireRequest => {
  // A check may leave the password out.
  const who: Record<string, string> = Object.fromEntries(
    Object.entries({ username, password, domain }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
  if (contract.has("POST /auth/sign_in"))
    return {
      method: "POST",
      path: "/auth/sign_in",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(who),
      anonymous: true,
    };
  return {
    method: "POST",
    path: "/login/oauth/token",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ grant_type: "password", ...who, ...fixedOfTokenRequest() }).toString(),
    anonymous: true,
  };
};
