import { ConfigurationError } from "../target.ts";
import { byHost } from "./host.ts";
import type { FleetTarget } from "./target.ts";

/** The targets of each host, in their order. */
export const queuesOf = (targets: readonly FleetTarget[]): FleetTarget[][] => {
  const names = new Set<string>();
  for (const { name } of targets) {
    if (!isName(name))
      throw new ConfigurationError(
        `A target's name is 1 to 64 letters, digits, ".", "_" and "-", and begins with a letter or digit: ${JSON.stringify(name)} is none`,
      );
    if (names.has(name.toLowerCase())) throw new ConfigurationError(`Two targets are called ${name}`);
    names.add(name.toLowerCase());
  }
  const hosts = byHost(targets);
  for (const [host, own] of hosts)
    if (new Set(own.map(({ budget }) => budget)).size > 1)
      throw new ConfigurationError(`The targets of ${host} have different budgets: a host has one`);
  return [...hosts.values()];
};

/** A name that is a folder's name on every system, and nowhere leads out of its folder. */
const isName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name);
