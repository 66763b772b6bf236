import { wrongUploadToken } from "./bad-credentials.ts";
import { isSecretField } from "./secret-fields.ts";
import type { Exchange } from "./wire.ts";

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The exchange's request as a command to paste, with the token left to the environment. */
export const curlOf = ({ request, url }: Pick<Exchange, "request" | "url">): string => {
  const parts = ["curl", "-i"];
  if (request.method === "HEAD") parts[1] = "-I";
  else if (request.method !== "GET") parts.push("-X", request.method);
  for (const [name, value] of Object.entries(request.headers ?? {}))
    parts.push("-H", secretOf(name, value, request) ?? quote(`${name}: ${value}`));
  if (typeof request.body === "string") parts.push("--data", quote(request.body));
  else if (request.body !== undefined) parts.push("--data-binary", "@FILE");
  return [...parts, quote(url)].join(" ");
};

/** The run's own token is never printed, nor an upload's; the made-up ones are the point of their request. */
const secretOf = (name: string, value: string, request: Exchange["request"]): string | undefined => {
  if (isSecretField(name) && value !== wrongUploadToken)
    return `"${name}: $${name.toUpperCase().replaceAll("-", "_")}"`;
  if (name !== "Authorization") return undefined;
  if (request.authorizationInShell !== undefined) return `"${name}: ${request.authorizationInShell}"`;
  if (!/^Bearer ./.test(value) || /^Bearer (?:callpark-wrong-token|null)$/.test(value)) return undefined;
  // With credentials of the request's own that are a real token, it is the other tenant's.
  return `"${name}: Bearer $${request.anonymous ? "CALLPARK_OTHER_TOKEN" : "CALLPARK_TOKEN"}"`;
};
