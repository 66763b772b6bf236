import type { Account, Sandbox } from "@callpark/sandbox";
import { quoted } from "../quoted.ts";

const TOKEN_FILE = "token.txt";

/** Three commands that work as they stand: sign in, read the settings, check the contract. */
export const commandsToTry = async (sandbox: Sandbox, certificateFile: string | undefined): Promise<string[]> => {
  const { url, apiUrl, accounts, certificate } = sandbox;
  const account = accounts.find(({ role, twoFactor }) => role === "tenant administrator" && !twoFactor);
  const curl = certificateFile === undefined ? "curl -s" : `curl -s --cacert ${quoted(certificateFile)}`;
  const pin = certificate ? ` --pin ${certificate.fingerprint}` : "";
  const readToken = `node -p 'JSON.parse(require("fs").readFileSync(0)).access_token'`;
  return [
    ...(account ? [`${curl} ${await signIn(sandbox, account)} | ${readToken} > ${TOKEN_FILE}`] : []),
    // The token comes on standard input, where other users cannot see it.
    `sed 's/^/Authorization: Bearer /' ${TOKEN_FILE} | ${curl} -H @- ${apiUrl}/call_park`,
    `npx callpark verify --url ${url}${pin} --token-file ${TOKEN_FILE} --write=full --yes`,
  ];
};

/** The sign-in of the sandbox's version, as curl takes it. */
const signIn = async ({ apiUrl, version }: Sandbox, { username, password, domain }: Account): Promise<string> => {
  const credentials = { username, password, ...(domain !== null && { domain }) };
  if (version !== "22.0")
    return `${apiUrl}/auth/sign_in -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(credentials))}`;
  const { default: document } = await import("@callpark/spec/22.0");
  const { scope, client_id } = document.components["schemas"]?.["TokenRequest"].properties ?? {};
  const form = { grant_type: "password", ...credentials, scope: scope.enum[0], client_id: client_id.enum[0] };
  return `${apiUrl}/login/oauth/token -d ${quoted(String(new URLSearchParams(form)))}`;
};
