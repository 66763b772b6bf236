import { ConfigurationError } from "./errors/configuration-error.ts";
import type { ClientOptions } from "./options.ts";

/**
 * The token to use now.
 *
 * @throws ConfigurationError where it cannot stand in a header. It is checked here because the error that
 *   `Headers` throws prints the token.
 */
export const currentToken = async (token: NonNullable<ClientOptions["token"]>): Promise<string> => {
  const text = typeof token === "function" ? await token() : token;
  if (!/^[\x21-\x7e]+$/.test(text))
    throw new ConfigurationError("The token is empty or holds a character that no token has, such as a line break");
  return text;
};
