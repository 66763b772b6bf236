import { ConfigurationError } from "./errors/configuration-error.ts";

/**
 * The API's base URL, ending in `/api`, from the URL of a PBX with or without it.
 *
 * @throws ConfigurationError where it is no HTTP URL, or carries a user name, password, query or fragment. What it
 *   carries is not printed.
 */
export const apiUrl = (text: string): string => {
  // The error of `new URL` would hold the whole text.
  const { href } = URL.canParse(text) ? new URL(text) : { href: "" };
  if (!/^https?:\/\/[^/?#@]+\/[^?#]*$/.test(href))
    throw new ConfigurationError(
      "The PBX's URL must be one such as https://pbx.example.com:8887, without user name, password, ? and #",
    );
  return href.replace(/(\/api)?\/*$/, "/api");
};
