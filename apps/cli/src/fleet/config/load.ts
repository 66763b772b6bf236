import { dirname } from "node:path";
import { apiUrl } from "@callpark/client";
import { parseFingerprint } from "@callpark/client/node";
import { readOptionFile } from "../../options/file.ts";
import { USUAL_CONFIG } from "../../options/fleet.ts";
import type { ConfigFile, HostConfig, TargetConfig, TlsConfig } from "./config.ts";
import { type Parsed, parseConfig } from "./parse.ts";
import type { Problem } from "./problem.ts";

/** A target with what its host says, and where it stands in the file. */
export interface LoadedTarget extends TargetConfig {
  host: HostConfig;
  /** `targets/0` */
  path: string;
}

/** A file that can be used, but for the secrets that it names: nobody has looked for those yet. */
export interface LoadedConfig extends Pick<Parsed, "refuse"> {
  targets: LoadedTarget[];
  file: string;
  /** What its paths are relative to. */
  folder: string;
  /** The place of a part of it, as an offset. */
  place: (path: string) => number;
}

/** @throws UsageError where it cannot be read or used, with each problem's place. */
export const loadConfig = async (file: string): Promise<LoadedConfig> => {
  const shown = file === USUAL_CONFIG ? `${file}, the usual file of targets` : file;
  const { value, places, refuse } = parseConfig(await readOptionFile("--config", file, shown), file);
  const { hosts = {}, targets } = value as ConfigFile;
  const place = (path: string): number => places.get(`/${path}`) ?? 0;
  const problems: Problem[] = [];
  const problem = (path: string, message: string): void => void problems.push({ at: place(path), message });

  const names = new Map<string, string>();
  const used = new Set<string>();
  const loaded = targets.map((target, index): LoadedTarget => {
    const path = `targets/${index}`;
    const twin = names.get(target.name.toLowerCase());
    if (twin !== undefined)
      problem(`${path}/name`, `a target before this one is called ${twin} too: give it another name`);
    names.set(target.name.toLowerCase(), target.name);
    const host = hostOf(target.url);
    if (host === undefined)
      problem(
        `${path}/url`,
        "url must be one such as https://pbx.example.com:8887, without user name, password, ? and #",
      );
    else used.add(host);
    const own = (host === undefined ? undefined : hosts[host]) ?? {};
    if (target.url.startsWith("http:") && target.tls) problem(`${path}/tls`, "tls is about https: the url is http");
    if (target.refreshToken && target.signIn)
      problem(`${path}/refreshToken`, "refreshToken goes with token: signIn gives one of its own");
    if (target.tls) problems.push(...pinProblems(target.tls, `${path}/tls`, place));
    return { ...target, host: own, path };
  });
  for (const [name, host] of Object.entries(hosts)) {
    if (!used.has(name))
      problem(`hosts/${name}`, `no target is on ${name}: the targets are on ${[...used].join(", ")}`);
    if (host.tls) problems.push(...pinProblems(host.tls, `hosts/${name}/tls`, place));
  }
  refuse(problems);
  return { targets: loaded, file, folder: dirname(file), place, refuse };
};

/** The host and port of a PBX; undefined where it is no URL. */
export const hostOf = (url: string): string | undefined => {
  try {
    return new URL(apiUrl(url)).host;
  } catch {
    return undefined;
  }
};

const pinProblems = ({ pin = [] }: TlsConfig, path: string, place: (path: string) => number): Problem[] =>
  pin.flatMap((text, index) => {
    try {
      parseFingerprint(text);
      return [];
    } catch {
      const message = `pin[${index}] is no SHA-256 fingerprint: it has 64 hexadecimal digits, with colons or without`;
      return [{ at: place(`${path}/pin/${index}`), message }];
    }
  });
