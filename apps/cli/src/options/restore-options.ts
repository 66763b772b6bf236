import { resolve } from "node:path";
import { quoted } from "../quoted.ts";

/** What says how to get in to a PBX, of the options or of a file of targets. */
interface Access {
  tokenFile?: string | undefined;
  username?: string | undefined;
  domain?: string | undefined;
  passwordFile?: string | undefined;
  /** Does a command find the token, or the user's password, in the environment by itself? */
  inEnvironment?: boolean;
  refreshTokenFile?: string | undefined;
  ca?: string | undefined;
  pin?: string | undefined;
  /** What the tenant was called: a PBX that does not say whose the token is has to be told again. */
  tenant?: string | undefined;
}

/**
 * The options for a `callpark restore` that can be pasted, from whatever folder. A secret that came another way has to be
 * put into a file first.
 */
export const restoreOptions = ({ inEnvironment = false, ...access }: Access): string => {
  const { tokenFile, username, domain, passwordFile, refreshTokenFile, ca, pin, tenant } = access;
  const secret = (file: string | undefined, usual: string) =>
    file === undefined ? (inEnvironment ? undefined : usual) : resolve(file);
  const wayIn =
    username === undefined
      ? { "--token-file": secret(tokenFile, TOKEN_FILE) }
      : { "--username": username, "--domain": domain, "--password-file": secret(passwordFile, PASSWORD_FILE) };
  return worded({
    ...wayIn,
    "--refresh-token-file": refreshTokenFile && resolve(refreshTokenFile),
    "--ca": ca && resolve(ca),
    "--pin": pin,
    "--tenant": tenant,
  });
};

/** The command for a target of a file of targets, which has the way in. */
export const restoreTarget = (config: string, name: string): string =>
  `npx callpark restore ${worded({ "--config": resolve(config), "--target": name })}`;

/** A command of another time, with the file for a secret that was in the environment then, and is not now. */
export const withSecretFile = (command: string, { CALLPARK_TOKEN, CALLPARK_PASSWORD }: NodeJS.ProcessEnv): string => {
  if (/ --(?:token-file|password-file|target) /.test(`${command} `)) return command;
  if (command.includes(" --username "))
    return CALLPARK_PASSWORD ? command : `${command} --password-file ${PASSWORD_FILE}`;
  return CALLPARK_TOKEN ? command : `${command} --token-file ${TOKEN_FILE}`;
};

const TOKEN_FILE = "token.txt";
const PASSWORD_FILE = "password.txt";

const worded = (options: Record<string, string | undefined>): string =>
  Object.entries(options)
    .flatMap(([option, value]) => (value === undefined ? [] : [`${option} ${word(value)}`]))
    .join(" ");

const word = (text: string): string => (/^[\w./:,=@%+-]+$/.test(text) ? text : quoted(text));
