import { apiUrl } from "@callpark/client";
import { messageOf } from "../message-of.ts";
import { ConfigurationError } from "../target.ts";

/** What a budget belongs to: `pbx.example.com:8887`. */
export const hostOf = (url: string): string => {
  try {
    return new URL(apiUrl(url)).host;
  } catch (error) {
    throw new ConfigurationError(messageOf(error));
  }
};

/** The targets of each host, in their order. */
export const byHost = <Target extends { target: { url: string } }>(
  targets: readonly Target[],
): Map<string, Target[]> => {
  const hosts = new Map<string, Target[]>();
  for (const one of targets) {
    const host = hostOf(one.target.url);
    const own = hosts.get(host);
    if (own === undefined) hosts.set(host, [one]);
    else own.push(one);
  }
  return hosts;
};
