import { resolve } from "node:path";
import type { FleetTarget } from "@callpark/contract/fleet";
import { messageOf } from "../errors.ts";
import { readOptionFile, readTokenFile } from "../options/file.ts";
import { restoreOptions, restoreTarget } from "../options/restore-options.ts";
import { cleanPassword, cleanToken } from "../options/token.ts";
import { readCertificates } from "../options/trust.ts";
import { keepIn } from "../secret-file.ts";
import type { Shell } from "../shell.ts";
import type { SecretSource, TlsConfig } from "./config/config.ts";
import type { LoadedConfig, LoadedTarget } from "./config/load.ts";
import type { Problem } from "./config/problem.ts";

/**
 * The targets with their secrets.
 *
 * @throws UsageError that names each secret that is not there, with its place in the file.
 */
export const resolveTargets = async (
  config: LoadedConfig,
  chosen: readonly LoadedTarget[],
  shell: Shell,
): Promise<FleetTarget[]> => {
  const problems: Problem[] = [];
  const targets: FleetTarget[] = [];
  for (const target of chosen) targets.push(await resolveOne(config, target, shell, problems));
  config.refuse(problems);
  return targets;
};

const resolveOne = async (
  config: LoadedConfig,
  target: LoadedTarget,
  shell: Shell,
  problems: Problem[],
): Promise<FleetTarget> => {
  const attempt = async <Value>(part: string, read: () => Value | Promise<Value>): Promise<Value | undefined> => {
    try {
      return await read();
    } catch (error) {
      problems.push({ at: config.place(`${target.path}/${part}`), message: messageOf(error) });
      return undefined;
    }
  };
  const secret = async (part: string, source: SecretSource | undefined, kind = TOKEN): Promise<string | undefined> => {
    if (source === undefined) return undefined;
    const value = await attempt(part, () => readSecret(part.replace(/.*\//, ""), source, config.folder, shell, kind));
    if (value !== undefined) shell.hide(value);
    return value;
  };
  const { name, url, tenant, labels, host, signIn, refreshToken: refreshSource } = target;
  const inFolder = (file: string | undefined) => (file === undefined ? undefined : resolve(config.folder, file));
  const tlsPart = target.tls ? "tls" : undefined;
  const tlsConfig = target.tls ?? (url.startsWith("https:") ? host.tls : undefined);
  const tls = tlsConfig && (await attempt(tlsPart ?? "url", () => readTls(tlsConfig, config.folder)));
  const otherToken = await secret("otherToken", target.otherToken);
  const inVariable = signIn ? signIn.password.env === "CALLPARK_PASSWORD" : target.token?.env === "CALLPARK_TOKEN";
  const common = {
    url,
    ...(otherToken !== undefined && { otherToken }),
    ...(tls && { tls }),
    ...(tenant !== undefined && { tenant }),
    restoreOptions: restoreOptions({
      tokenFile: inFolder(target.token?.file),
      username: signIn?.username,
      domain: signIn?.domain,
      passwordFile: inFolder(signIn?.password.file),
      inEnvironment: inVariable,
      refreshTokenFile: inFolder(target.refreshToken?.file),
      ca: inFolder(tlsConfig?.ca),
      pin: tlsConfig?.pin?.join(","),
      tenant,
    }),
    restoreCommand: restoreTarget(config.file, name),
  };
  const version = target.version ?? host.version;
  const own: Omit<FleetTarget, "target"> = {
    name,
    ...(labels && { labels }),
    ...(version !== undefined && { version }),
    ...(host.budget !== undefined && { budget: host.budget }),
  };
  if (signIn) {
    const { username, domain } = signIn;
    const password = (await secret("signIn/password", signIn.password, PASSWORD)) ?? "";
    return {
      ...own,
      target: { ...common, credentials: { username, password, ...(domain !== undefined && { domain }) } },
    };
  }
  const token = (await secret("token", target.token)) ?? "";
  const refreshToken = await secret("refreshToken", refreshSource);
  const refreshFile = inFolder(refreshSource?.file);
  return {
    ...own,
    target: { ...common, token, ...(refreshToken !== undefined && { refreshToken }) },
    ...(refreshFile !== undefined && {
      onTokens: keepIn(refreshFile),
    }),
  };
};

/** A secret of one kind: how its file is read, and what must be in it. */
interface Kind {
  read: (part: string, path: string, given: string) => Promise<string>;
  clean: (text: string, source: string) => string;
}

const TOKEN: Kind = { read: readTokenFile, clean: cleanToken };
// Its file's name is never repeated where there is none of it: it may be the password itself.
const PASSWORD: Kind = { read: (part, path) => readOptionFile(part, path, "its file"), clean: cleanPassword };

const readSecret = async (
  part: string,
  { env, file = "" }: SecretSource,
  folder: string,
  shell: Shell,
  { read, clean }: Kind,
): Promise<string> => {
  if (env !== undefined) {
    const value = shell.env[env];
    if (!value) throw new Error(`${part}: the environment variable ${env} is not set, or empty`);
    return clean(value, env);
  }
  return clean(await read(part, resolve(folder, file), file), "its file");
};

const readTls = async ({ ca, pin }: TlsConfig, folder: string): Promise<NonNullable<FleetTarget["target"]["tls"]>> =>
  ca === undefined ? { pin: [...(pin ?? [])] } : { ca: await readCertificates("tls: ca", resolve(folder, ca)) };
