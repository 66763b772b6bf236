import { UsageError } from "../errors.ts";

const EXAMPLE = "give one such as https://pbx.example.com:8887";

/**
 * The API's base URL.
 *
 * @throws UsageError that says what is wrong with this one, without a user name, a password and a query.
 */
export const readUrl = async (given: string): Promise<string> => {
  const wrong = problemOf(given);
  if (wrong !== undefined) throw new UsageError(`--url ${wrong}`);
  await refuseOperation(given);
  const { apiUrl } = await import("@callpark/client");
  return apiUrl(given);
};

const problemOf = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url !== undefined && /^https?:$/.test(url.protocol);
  if (isHttp && url.username + url.password === "")
    return /[?#]/.test(url.href) ? "has a query (?) or fragment (#) in it: leave it out" : undefined;
  if (text.includes("@"))
    return "has a user name or password in it: leave it out, and sign in with --username and --password-file";
  const shown = text.replace(/[?#].*$/s, "");
  if (shown === "") return `is empty: ${EXAMPLE}`;
  if (!shown.includes("://")) return `${shown} lacks http:// or https:// before it`;
  return /^https?:/i.test(shown) ? `${shown} is not a URL: ${EXAMPLE}` : `${shown} is not http or https: ${EXAMPLE}`;
};

/** What follows the `/api` of an operation's address would be taken for the folder that the API is in. */
const refuseOperation = async (text: string): Promise<void> => {
  const [, place, first] = /^([^?#]*?)\/api\/([^/?#]+)/.exec(text) ?? [];
  if (place === undefined) return;
  const { default: document } = await import("@callpark/spec");
  if (Object.keys(document.paths).some((path) => path.split("/")[1] === first))
    throw new UsageError(`--url ${place}/api/${first} is the address of an operation: give that of the PBX, ${place}`);
};
