import type { SandboxOptions } from "@callpark/sandbox";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parsePort } from "./port.ts";

/** What the sandbox is to be. */
export interface SandboxFlags {
  port: number;
  host: string;
  tls?: boolean;
  tenants?: number;
  version?: NonNullable<SandboxOptions["version"]>;
  data?: string;
  rateLimit: NonNullable<SandboxOptions["rateLimit"]>;
  tokenTtl?: number;
  latency?: NonNullable<SandboxOptions["latency"]>;
  semantics?: NonNullable<SandboxOptions["semantics"]>;
  fault?: string[];
  variant?: string[];
  seed?: string;
  control?: boolean;
  cors?: string[];
  allowHost?: string[];
  listFaults?: boolean;
  listVariants?: boolean;
  quiet?: boolean;
}

const whole =
  (what: string) =>
  (text: string): number => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(`Give a whole number of ${what}, 1 or more.`);
    return Number(text);
  };

const parseRateLimit = (text: string): number =>
  text === "none" ? Number.POSITIVE_INFINITY : whole("requests a minute, or none")(text);

const parseLatency = (text: string): { milliseconds: number; jitter: number } => {
  const [, milliseconds, jitter = 0] = /^(\d{1,6})(?:(?:±|\+-)(\d{1,6}))?$/.exec(text) ?? [];
  if (milliseconds === undefined)
    throw new InvalidArgumentError("Give milliseconds, such as 50, or with a jitter, 50±20 (or 50+-20).");
  return { milliseconds: Number(milliseconds), jitter: Number(jitter) };
};

export const addSandboxOptions = (command: Command): Command =>
  command
    .option("--port <PORT>", "where it listens; 0 takes a free one", parsePort, 8887)
    .option("--host <ADDRESS>", "the address that it listens on: 0.0.0.0 lets the whole network in", "127.0.0.1")
    .option("--tls", "HTTPS, with a certificate that it makes for itself")
    .option("--tenants <N>", "how many made-up tenants it has (default: 2)", whole("tenants"))
    .addOption(
      new Option("--version <LINE>", "the PBX version (default: the newest)").choices(["22.0", "22.2", "22.6"]),
    )
    .option("--data <FILE>", "keep the state in this file, and go on from what it holds (default: in memory)")
    .addOption(
      new Option("--rate-limit <N>", "requests that an IP address may send a minute, or none")
        .argParser(parseRateLimit)
        .default("documented", "what the PBX documents"),
    )
    .option("--token-ttl <SECONDS>", "how long an access token is good for (default: 1800)", whole("seconds"))
    .option("--latency <MS[±J]>", "how long each answer takes, with or without a jitter", parseLatency)
    .addOption(
      new Option(
        "--semantics <HOW>",
        "what a POST to /call_park does to the fields left out: keep them, or set them to defaults (default: merge)",
      ).choices(["merge", "replace"]),
    )
    .option("--fault <ID,…>", "break the contract in these ways: --list-faults names them", splitIds)
    .option("--variant <ID,…>", "be different in these lawful ways: --list-variants names them", splitIds)
    .addOption(
      new Option("--seed <FILE>", "fill a new one from this JSON file instead of with made-up tenants").conflicts(
        "tenants",
      ),
    )
    .option("--control", "add the control API under /_sandbox, with a token of its own")
    .option("--cors <ORIGIN,…>", "let web pages of these origins ask it", splitIds)
    .option("--allow-host <NAME,…>", "answer to these host names too, besides addresses and localhost", splitIds)
    .option("--list-faults", "list the faults and end")
    .option("--list-variants", "list the variants and end")
    .option("--quiet", "print the URL alone (and the token of --control below it), and log no requests");

/** One or more, with commas between them, or the option again. */
const splitIds = (text: string, before: string[] = []): string[] => [
  ...before,
  ...text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== ""),
];
