import { ConfigurationError } from "../errors/configuration-error.ts";
import type { CoreOptions } from "../options.ts";

type Token = NonNullable<CoreOptions["token"]>;

/** The token to use now; a promise only where the caller's own is one. */
export const currentToken = (token: Token): string | Promise<string> =>
  typeof token === "string" ? token : typeof token === "function" ? token() : token.token();

/**
 * The header of a token.
 *
 * @throws ConfigurationError where it cannot stand in one. It is checked here because the error that `Headers` throws
 *   prints the token.
 */
export const bearer = (text: string): string => {
  if (!/^[\x21-\x7e]+$/.test(text))
    throw new ConfigurationError("The token is empty or holds a character that no token has, such as a line break");
  return `Bearer ${text}`;
};
