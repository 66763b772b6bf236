import { createCallParkClient } from "./call-park-client.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import type { ClientOptions, Session } from "./options.ts";
import { unwrap } from "./unwrap.ts";

/** Where a session keeps its tokens. */
export interface TokenStore {
  /** What was written last, by this process or another; undefined where nobody is signed in. */
  read(): Tokens | undefined | Promise<Tokens | undefined>;
  write(tokens: Tokens): void | Promise<void>;
  /**
   * Runs with nobody else at the tokens: other processes wait.
   * @default runs at once
   */
  lock?<Value>(run: () => Promise<Value>): Promise<Value>;
}

/** What signing in gives. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  /** How long the access token was good for when it came, in seconds. */
  expires_in: number;
}

/** What a session is made of. */
export interface SessionOptions extends Pick<ClientOptions, "baseUrl" | "transport" | "timeout" | "budget"> {
  /**
   * The tokens that signing in gave, or where they are kept.
   * @example { access_token: "made-up", refresh_token: "made-up", expires_in: 1800 }
   */
  tokens: Tokens | TokenStore;
}

/** So long before its end a token is renewed, in milliseconds. */
const early = 60_000;

/**
 * A session that renews its token before it ends, and when the PBX refuses it. Give it to a client as `token`.
 *
 * @example
 * const tokens = await unwrap(createCallParkClient({ baseUrl }).auth.signIn({ username, password, domain }));
 * if (tokens.two_factor_enabled) throw new Error("This user needs a second factor");
 * const pbx = createCallParkClient({ baseUrl, token: createSession({ baseUrl, tokens }) });
 */
export const createSession = (options: SessionOptions): Session => {
  const { tokens, ...transport } = options;
  const store: TokenStore = "access_token" in tokens ? memory(tokens) : tokens;
  const { auth } = createCallParkClient(transport);
  let current: Tokens | undefined;
  /** When the current token came. By elapsed time: a clock that is set meanwhile ends no token. */
  let since = 0;
  /** The access token that the store held last, as far as is known here. */
  let stored: string | undefined;
  /** A refresh token that the PBX has refused: asking again would only repeat it. */
  let refused: string | undefined;
  let renewing: Promise<string | undefined> | undefined;

  const keep = (next: Tokens): Tokens => {
    if (next.access_token !== current?.access_token) since = performance.now();
    current = next;
    return next;
  };
  const load = async (): Promise<Tokens> => {
    const read = await store.read();
    if (read === undefined) throw new ConfigurationError("There are no tokens yet: sign in first");
    stored = read.access_token;
    return keep(current ?? read);
  };
  const refresh = async (stale: string): Promise<string | undefined> => {
    const kept = await store.read();
    // Signed out by another process.
    if (kept === undefined) return undefined;
    // Renewed by another process. One of our own that could not be stored is newer than what is.
    const isNews = kept.access_token !== stale && kept.access_token !== stored;
    stored = kept.access_token;
    if (isNews) return keep(kept).access_token;
    const { refresh_token } = current ?? kept;
    if (refresh_token === refused) return undefined;
    const answer = await auth.refresh(refresh_token);
    if (answer.response.status === 401 || answer.response.status === 400) {
      refused = refresh_token;
      return undefined;
    }
    const next = await unwrap(answer);
    // A second factor is asked for: nothing here can give it.
    if (next.two_factor_enabled) return undefined;
    // A PBX that sends no new refresh token goes on taking the old one.
    const whole = keep({
      ...next,
      refresh_token: next.refresh_token ?? refresh_token,
      expires_in: next.expires_in ?? 0,
    });
    await store.write(whole);
    stored = whole.access_token;
    return whole.access_token;
  };
  const renew = async (stale: string): Promise<string | undefined> => {
    if (current !== undefined && current.access_token !== stale) return current.access_token;
    renewing ??= (store.lock?.(() => refresh(stale)) ?? refresh(stale)).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
  /** Undefined where it is about to end. A lifetime of a minute or less, or none, says nothing that could be kept to. */
  const good = ({ access_token, expires_in }: Tokens): string | undefined =>
    !(expires_in * 1000 > early) || performance.now() < since + expires_in * 1000 - early ? access_token : undefined;
  const fresh = async (): Promise<string> => {
    const read = current ?? (await load());
    // Not renewed in time is not the end: the PBX has the last word.
    return good(read) ?? (await renew(read.access_token).catch(() => undefined)) ?? read.access_token;
  };
  return { token: () => (current && good(current)) ?? fresh(), renew };
};

const memory = (tokens: Tokens): TokenStore => {
  let kept = tokens;
  return {
    read: () => kept,
    write: (next) => {
      kept = next;
    },
  };
};
