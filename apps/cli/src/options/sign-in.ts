import type { VerifyTarget } from "@callpark/contract";
import type { SignInTarget } from "@callpark/contract/fleet";
import { type Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import type { Shell } from "../shell.ts";
import { readOptionFile } from "./file.ts";
import { restoreOptions } from "./restore-options.ts";
import { readPlace, resolveTarget, type TargetOptions } from "./target.ts";
import { cleanPassword } from "./token.ts";

/** Signing in instead of bringing a token. */
export interface SignInOptions {
  username?: string;
  domain?: string;
  passwordFile?: string;
}

export const addSignInOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("--username <NAME>", "sign in as this user instead, and out again at the end").conflicts([
        "tokenFile",
        "tokenStdin",
        "refreshTokenFile",
      ]),
    )
    .option("--domain <DOMAIN>", "the tenant's SIP domain to sign in with (none: the system administrator)")
    .option("--password-file <FILE>", "the password is in this file");

const FOR_A_USER = { domain: "--domain", passwordFile: "--password-file" } as const;

/** As `resolveTarget`, also for those who sign in. */
export const resolveAccess = async (
  options: TargetOptions & SignInOptions,
  shell: Shell,
): Promise<VerifyTarget | SignInTarget | undefined> => {
  const { url, username, domain } = options;
  if (username === undefined) {
    const given = Object.entries(FOR_A_USER).find(([name]) => options[name as keyof typeof FOR_A_USER] !== undefined);
    if (given) throw new UsageError(`${given[1]} is about signing in: say as whom with --username NAME`);
    return resolveTarget(options, shell);
  }
  if (url === undefined) throw new UsageError("--username is about a real PBX: say which one with --url URL");
  if (username === "") throw new UsageError("--username is empty");
  const inEnvironment = options.passwordFile === undefined && Boolean(shell.env["CALLPARK_PASSWORD"]);
  const place = await readPlace(url, options, restoreOptions({ ...options, inEnvironment }), shell);
  const password = await readPassword(options.passwordFile, shell);
  return { ...place, credentials: { username, password, ...(domain !== undefined && { domain }) } };
};

const readPassword = async (file: string | undefined, { env, hide }: Shell): Promise<string> => {
  const { CALLPARK_PASSWORD = "" } = env;
  if (file === undefined && CALLPARK_PASSWORD === "")
    throw new UsageError(
      "There is no password for --username: use --password-file FILE or the environment variable CALLPARK_PASSWORD",
    );
  const password =
    file === undefined
      ? CALLPARK_PASSWORD
      : cleanPassword(await readOptionFile("--password-file", file, "the file"), "the password file");
  hide(password);
  return password;
};
