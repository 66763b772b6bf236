import type { VerifyTarget } from "@callpark/contract";
import { type Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import type { Shell } from "../shell.ts";
import { restoreOptions } from "./restore-options.ts";
import { cleanPassword, environmentToken, readRefreshToken, readToken } from "./token.ts";
import { readCertificates } from "./trust.ts";
import { readUrl } from "./url.ts";

/** Which PBX, and how to get in: the options of every command that talks to one. */
export interface TargetOptions {
  url?: string;
  tokenFile?: string;
  tokenStdin?: boolean;
  refreshTokenFile?: string;
  ca?: string;
  pin?: string;
  insecure?: boolean;
  tenant?: string;
}

export const addTargetOptions = (command: Command, usual = "a sandbox PBX, only for this run"): Command =>
  command
    .optionsGroup("One PBX:")
    .option("--url <URL>", `the PBX, with or without /api (default: ${usual})`)
    .addOption(new Option("--token-file <FILE>", "the access token is in this file").conflicts("tokenStdin"))
    .option("--token-stdin", "the access token comes on standard input")
    .option(
      "--refresh-token-file <FILE>",
      "the refresh token is in this file; where the PBX changes it, the new one is written there",
    )
    .addOption(
      new Option("--ca <FILE>", "trust the certificate authorities in this PEM file").conflicts(["pin", "insecure"]),
    )
    .addOption(
      new Option("--pin <SHA256,…>", "trust the certificates with these SHA-256 fingerprints").conflicts("insecure"),
    )
    .option("--insecure", "trust any certificate: whoever is in between can read the token")
    .option("--tenant <NAME>", "the tenant that the token must belong to: its name, domain or id");

/** The options that make sense for a real PBX only. */
const FOR_A_PBX = {
  tokenFile: "--token-file",
  tokenStdin: "--token-stdin",
  refreshTokenFile: "--refresh-token-file",
  ca: "--ca",
  pin: "--pin",
  insecure: "--insecure",
  tenant: "--tenant",
} as const;

/** The PBX that the options name, or undefined for the embedded sandbox. */
export const resolveTarget = async (options: TargetOptions, shell: Shell): Promise<VerifyTarget | undefined> => {
  if (options.url === undefined) {
    const given = Object.entries(FOR_A_PBX).find(([name]) => options[name as keyof typeof FOR_A_PBX] !== undefined);
    if (given) throw new UsageError(`${given[1]} is about a real PBX: say which one with --url URL`);
    return undefined;
  }
  const inEnvironment = isTokenInEnvironment(options, shell.env);
  const place = await readPlace(options.url, options, restoreOptions({ ...options, inEnvironment }), shell);
  const token = await readToken(options, shell);
  const refreshToken = await readRefreshToken(options.refreshTokenFile, shell.env);
  for (const secret of [token, refreshToken]) if (secret !== undefined) shell.hide(secret);
  return { ...place, token, ...(refreshToken !== undefined && { refreshToken }) };
};

/** Which PBX and tenant, and whom to trust: all but the way in, of which `again` is what `callpark restore` needs. */
export const readPlace = async (
  given: string,
  options: TargetOptions,
  again: string,
  shell: Shell,
): Promise<Omit<VerifyTarget, "token" | "refreshToken">> => {
  const url = await readUrl(given);
  const tls = await readTrust(options);
  if (url.startsWith("http:") && tls)
    throw new UsageError("--ca, --pin and --insecure are about https: the URL is http");
  const otherToken = environmentToken("CALLPARK_OTHER_TOKEN", shell.env);
  if (otherToken !== undefined) shell.hide(otherToken);
  const systemAdministrator = readSystemAdministrator(shell);
  return {
    url,
    ...(systemAdministrator && { systemAdministrator }),
    ...(otherToken !== undefined && { otherToken }),
    ...(tls && { tls }),
    ...(options.tenant !== undefined && { tenant: options.tenant }),
    restoreOptions: again,
  };
};

/** Does a command find the token by itself, with no option? */
export const isTokenInEnvironment = (
  { tokenFile, tokenStdin }: Pick<TargetOptions, "tokenFile" | "tokenStdin">,
  env: NodeJS.ProcessEnv,
): boolean => tokenFile === undefined && !tokenStdin && environmentToken("CALLPARK_TOKEN", env) !== undefined;

/** Who may look after all tenants, for the checks of that; what every PBX calls that user, unless told otherwise. */
const readSystemAdministrator = ({ env, hide }: Shell): VerifyTarget["systemAdministrator"] => {
  const { CALLPARK_SYSTEM_USERNAME: username = "admin", CALLPARK_SYSTEM_PASSWORD: given } = env;
  if (!given) return undefined;
  const password = cleanPassword(given, "CALLPARK_SYSTEM_PASSWORD");
  hide(password);
  return { username, password };
};

const readTrust = async ({ ca, pin, insecure }: TargetOptions): Promise<VerifyTarget["tls"]> => {
  if (insecure) return { insecure };
  if (pin !== undefined) {
    const { parseFingerprint } = await import("@callpark/client/node");
    return { pin: pin.split(",").map(parseFingerprint) };
  }
  if (ca === undefined) return undefined;
  return { ca: await readCertificates("--ca", ca) };
};
