/** Ways of not being let in. The passwords and tokens are made up: no real secret goes where it should not. */
export interface BadCredentials {
  id: string;
  what: string;
  headers: Record<string, string>;
}

export const badCredentials: readonly BadCredentials[] = [
  { id: "none", what: "a request without a token", headers: {} },
  { id: "empty", what: "an empty token", headers: { Authorization: "Bearer " } },
  { id: "malformed", what: "an Authorization header of one word", headers: { Authorization: "Bearer" } },
  { id: "wrong", what: "a made-up token", headers: { Authorization: "Bearer callpark-wrong-token" } },
  {
    id: "other_scheme",
    what: "a made-up user name and password",
    headers: { Authorization: `Basic ${Buffer.from("callpark:made-up").toString("base64")}` },
  },
];
