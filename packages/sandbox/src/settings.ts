import type { Latency } from "./latency.ts";
import { newestLine } from "./lines.ts";
import type { SandboxOptions } from "./options.ts";
import { madeUpSeed } from "./seed/made-up.ts";
import type { Filling, SandboxSeed } from "./seed/seed.ts";

/** The options with their defaults. */
export interface Settings
  extends Required<Omit<SandboxOptions, "dataFile" | "log" | "latency" | "tenants" | "ringGroups" | "seed">> {
  dataFile: string | undefined;
  log: SandboxOptions["log"];
  latency: Latency | undefined;
  seed: SandboxSeed | undefined;
  madeUp: Filling;
}

/**
 * @throws TypeError for an option that there is not.
 * @throws RangeError where an option has a value that it cannot have.
 */
export const settle = (options: SandboxOptions): Settings => {
  const {
    port = 0,
    host = "127.0.0.1",
    listen = true,
    tls = false,
    allowHosts = [],
    cors = [],
    dataFile,
    semantics = "merge",
    version = newestLine,
    tokenLifetime = 1800,
    rateLimit = Number.POSITIVE_INFINITY,
    latency: late,
    tenants = 2,
    seed,
    control = false,
    ringGroups = true,
    faults = [],
    variants = [],
    log,
    now = Date.now,
    ...others
  } = options;
  refuseUnknown(others);
  const latency = typeof late === "number" ? { milliseconds: late } : late;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError(`port is ${port}: choose a whole number from 0 (any free one) to 65535`);
  if (!["merge", "replace"].includes(semantics))
    throw new RangeError(`semantics is ${semantics}: choose merge or replace`);
  requireWhole("tokenLifetime", tokenLifetime, "seconds");
  requireWhole("tenants", tenants, "tenants");
  if (typeof rateLimit === "number" && rateLimit !== Number.POSITIVE_INFINITY)
    requireWhole("rateLimit", rateLimit, "requests");
  requireTime("latency", latency?.milliseconds);
  requireTime("latency.jitter", latency?.jitter);
  const rest = { port, host, listen, dataFile, semantics, version, tokenLifetime, faults, variants, log, now };
  return {
    ...rest,
    tls,
    allowHosts,
    cors: cors.map(originFrom),
    rateLimit,
    latency,
    seed,
    madeUp: madeUpSeed(tenants, ringGroups),
    control,
  };
};

/** An option of the interface that is not taken above does not compile here. */
const refuseUnknown = (others: Record<string, never>) => {
  const [name] = Object.keys(others);
  if (name !== undefined)
    throw new TypeError(`There is no option ${name}: the README of @callpark/sandbox names them all`);
};

const requireWhole = (name: string, value: number, what: string) => {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${name} is ${value}: choose a whole number of ${what}, 1 or more`);
};

const requireTime = (name: string, value = 0) => {
  if (!Number.isFinite(value) || value < 0)
    throw new RangeError(`${name} is ${value}: choose a number of milliseconds, 0 or more`);
};

const originFrom = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.origin !== "null" && [url.origin, `${url.origin}/`].includes(text.toLowerCase())) return url.origin;
  throw new RangeError(`cors has ${text}: choose origins such as http://localhost:3000`);
};
