import { ConfigurationError } from "./errors/configuration-error.ts";

/**
 * The API's base URL, ending in `/api`, from the URL of a PBX with or without it.
 *
 * @throws ConfigurationError where it is no HTTP URL, or carries a user name, password, query or fragment.
 */
export const apiUrl = (text: string): string => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ConfigurationError("The PBX's URL cannot be read: give one such as https://pbx.example.com:8887");
  }
  if (url.username !== "" || url.password !== "")
    throw new ConfigurationError(
      `The PBX's URL must not hold a user name or password (host ${url.host}): give a token instead`,
    );
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new ConfigurationError(`The PBX's URL must begin with https: or http:, not ${url.protocol}`);
  if (url.search !== "" || url.hash !== "")
    throw new ConfigurationError(`The PBX's URL must end with its path (host ${url.host}): leave out ? and #`);
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path.endsWith("/api") ? path : `${path}/api`}`;
};
