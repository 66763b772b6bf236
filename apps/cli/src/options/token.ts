import { text as readAll } from "node:stream/consumers";
import { UsageError } from "../errors.ts";
import type { Shell } from "../shell.ts";
import { readTokenFile } from "./file.ts";

const SECRET_FLAG = /^--(?:token|access-token|refresh-token|other-token|password)(?:=|$)/;

const HOW = "use --token-file FILE, --token-stdin or the environment variable CALLPARK_TOKEN";

/** Arguments show up in process lists and shell histories, so a secret is refused there, and not repeated. */
export const refuseSecretFlags = (argv: string[]): void => {
  const flag = argv.map((argument) => SECRET_FLAG.exec(argument)?.[0].replace("=", "")).find((name) => name);
  if (flag === undefined) return;
  throw new UsageError(
    `${flag} is not an option, because other users can read a command's arguments. For the token ${HOW}; ` +
      "for the others CALLPARK_REFRESH_TOKEN, CALLPARK_OTHER_TOKEN and CALLPARK_PASSWORD",
  );
};

/** The access token, from wherever the user put it. */
export const readToken = async (
  options: { tokenFile?: string; tokenStdin?: boolean },
  { env, stdin }: Shell,
): Promise<string> => {
  if (options.tokenFile !== undefined)
    return cleanToken(await readTokenFile("--token-file", options.tokenFile), options.tokenFile);
  if (options.tokenStdin) {
    if (stdin.isTTY) throw new UsageError("--token-stdin reads a pipe, not the keyboard: pipe the token in");
    return cleanToken(await readAll(stdin), "standard input");
  }
  const token = environmentToken("CALLPARK_TOKEN", env);
  if (token === undefined) throw new UsageError(`There is no token for the PBX: ${HOW}`);
  return token;
};

/** The refresh token, if there is one. */
export const readRefreshToken = async (
  file: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> =>
  file === undefined
    ? environmentToken("CALLPARK_REFRESH_TOKEN", env)
    : cleanToken(await readTokenFile("--refresh-token-file", file), file);

/** A token from the environment; an empty variable is one that is not set. */
export const environmentToken = (name: string, env: NodeJS.ProcessEnv): string | undefined =>
  env[name] ? cleanToken(env[name], name) : undefined;

/** What a source holds, as a token. Checked here because the error that an HTTP client throws for another text prints it. */
export const cleanToken = (text: string, source: string): string => {
  const token = text.replace(/^\uFEFF/, "").replace(/[\r\n]+$/, "");
  if (token === "") throw new UsageError(`There is no token in ${source}: it is empty`);
  if (/^(undefined|null)$/.test(token))
    throw new UsageError(
      `What is in ${source} is not a token but the word ${token}: the sign-in brought none. Sign in again, and look at its answer`,
    );
  if (/^\uFFFD\uFFFD/.test(token))
    throw new UsageError(
      `What is in ${source} is UTF-16, as the > of Windows PowerShell writes it: write it as UTF-8, such as with | Out-File -Encoding ascii`,
    );
  if (/^(?:authorization:\s*)?bearer\s/i.test(token))
    throw new UsageError(
      `What is in ${source} begins with the word Bearer: leave that out, and put the token alone there`,
    );
  if (/^\s*["'`].*["'`]\s*$/s.test(token))
    throw new UsageError(`What is in ${source} has quotes around it: take them away, and put the token alone there`);
  if (/^\s*[{["]/.test(token))
    throw new UsageError(
      `What is in ${source} is JSON, not a token. Put the value of its access_token there, and nothing else`,
    );
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError(
      `What is in ${source} is not a token: it holds a line break, a space or another character that no token has. ` +
        "Put the access token there, and nothing else",
    );
  return token;
};

/** What a source holds, as a password: all of it, but for the line break that editors put at the end. */
export const cleanPassword = (text: string, source: string): string => {
  const password = text.replace(/\r?\n$/, "");
  if (password === "") throw new UsageError(`There is no password in ${source}: it is empty`);
  return password;
};
