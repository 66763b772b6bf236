import type { WireRequest } from "./wire.ts";

/** Ways of not being let in. No real secret goes where it should not: the passwords are made up. */
export interface BadCredentials {
  id: string;
  what: string;
  /** With the tokens that are good: some ways are the one, spoilt. Undefined where there is nothing to send. */
  of: (token: string, refreshToken?: string) => Pick<WireRequest, "headers" | "authorizationInShell"> | undefined;
  /** Statuses that say it besides 401 and 403. */
  statuses?: readonly number[];
  /** Why there may be nothing to send. @default "This token cannot be spoilt so." */
  lack?: string;
}

/** What no upload has for its token. */
export const wrongUploadToken = "callpark-wrong";

const header = (Authorization: string) => () => ({ headers: { Authorization } });

/** The token, changed; and how a shell says it, so that the command can be sent again. */
const spoilt =
  (change: (token: string) => string, inShell: (token: string) => string): BadCredentials["of"] =>
  (token) => {
    const changed = change(token);
    // A token of digits alone has no other case, and one of two characters nothing to cut.
    if (changed === token || changed.length < 2) return undefined;
    return { headers: { Authorization: `Bearer ${changed}` }, authorizationInShell: `Bearer ${inShell(token)}` };
  };

const middle = (token: string) => Math.floor(token.length / 2);

/** The token with another character at one place. */
const altered = (place: (token: string) => number): BadCredentials => {
  const another = (token: string) => (token[place(token)] === "x" ? "y" : "x");
  return {
    id: "altered",
    what: "a token with one character changed",
    of: spoilt(
      (token) => token.slice(0, place(token)) + another(token) + token.slice(place(token) + 1),
      (token) => `\${CALLPARK_TOKEN:0:${place(token)}}${another(token)}\${CALLPARK_TOKEN:${place(token) + 1}}`,
    ),
  };
};

const inOtherCase = (letter: string) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());

export const withCasesSwapped = (text: string): string => [...text].map(inOtherCase).join("");

/** Its last letter small for capital, or capital for small: all before that is right. */
export const withLastCaseSwapped = (text: string): string => {
  const letters = [...text];
  const last = letters.findLastIndex((letter) => inOtherCase(letter) !== letter);
  return letters.map((letter, index) => (index === last ? inOtherCase(letter) : letter)).join("");
};

const more = "x";
const unreadable = [400, 401, 403];

export const noToken: BadCredentials = { id: "none", what: "a request without a token", of: () => ({}) };

export const wrongToken: BadCredentials = {
  id: "wrong",
  what: "a made-up token",
  of: header("Bearer callpark-wrong-token"),
};

export const otherScheme: BadCredentials = {
  id: "scheme",
  what: "a token that is not called Bearer",
  of: (token) => ({ headers: { Authorization: `Token ${token}` }, authorizationInShell: "Token $CALLPARK_TOKEN" }),
  statuses: unreadable,
};

export const badCredentials: readonly BadCredentials[] = [
  noToken,
  { id: "empty", what: "an empty token", of: header("Bearer "), statuses: unreadable },
  {
    id: "malformed",
    what: "a token without a scheme before it",
    of: (token) => ({ headers: { Authorization: token }, authorizationInShell: "$CALLPARK_TOKEN" }),
    statuses: unreadable,
  },
  wrongToken,
  {
    id: "other_scheme",
    what: "a made-up user name and password",
    of: header(`Basic ${Buffer.from("callpark:made-up").toString("base64")}`),
    statuses: unreadable,
  },
  {
    id: "refresh_token",
    what: "a refresh token in place of an access token",
    lack: "It takes a refresh token: give refreshToken (--refresh-token-file or CALLPARK_REFRESH_TOKEN).",
    of: (token, refreshToken) =>
      refreshToken === undefined || refreshToken === token
        ? undefined
        : {
            headers: { Authorization: `Bearer ${refreshToken}` },
            authorizationInShell: "Bearer $CALLPARK_REFRESH_TOKEN",
          },
  },
  altered(middle),
  {
    id: "cut",
    what: "the beginning of a token",
    of: spoilt(
      (token) => token.slice(0, -1),
      (token) => `\${CALLPARK_TOKEN:0:${token.length - 1}}`,
    ),
  },
  {
    id: "lengthened",
    what: "a token with more behind it",
    of: spoilt(
      (token) => token + more,
      () => `\${CALLPARK_TOKEN}${more}`,
    ),
  },
  {
    id: "other_case",
    what: "a token with capitals and small letters exchanged",
    of: spoilt(withCasesSwapped, () => '$(printf %s "$CALLPARK_TOKEN" | tr a-zA-Z A-Za-z)'),
  },
  otherScheme,
];

/** What a client sends that was given no token, and a PBX finds where it keeps a session without one. */
const nullToken: BadCredentials = { ...wrongToken, what: "the word null for a token", of: header("Bearer null") };

/** The same for a write, with the token's first character changed, and another made-up one: reads have theirs. */
export const badCredentialsOfWrites: readonly BadCredentials[] = badCredentials.map((one) => {
  if (one.id === "altered") return altered(() => 0);
  return one === wrongToken ? nullToken : one;
});
