import type { Shard } from "@callpark/contract/fleet";
import { type Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "../errors.ts";

/** Which targets of a callpark.yaml. */
export interface FleetSelection {
  all?: boolean;
  label?: string[];
  target?: string[];
  config?: string;
}

/** The options of a run on many PBXs. */
export interface FleetRunOptions extends FleetSelection {
  concurrency?: number;
  shard?: Shard;
}

export const USUAL_CONFIG = "callpark.yaml";

const splitNames =
  (option: string) =>
  (text: string, before: string[] = []): string[] => {
    const names = text
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    // An empty variable in a script would check nothing, and pass.
    if (names.length === 0) throw new UsageError(`${option} names none`);
    return [...before, ...names];
  };

const parseCount = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("give a number from 1 to 9999.");
  return Number(text);
};

const parseShard = (text: string): Shard => {
  const [, index = "", count = ""] = /^(\d{1,6})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  if (index === "" || Number(index) >= Number(count))
    throw new InvalidArgumentError("Give I/N, counting from 0: 0/3, 1/3 and 2/3 are the whole.");
  return { index: Number(index), count: Number(count) };
};

/** The options that say which PBX and how to get in: a file of targets says that for each. */
const FOR_ONE = [
  "url",
  "tokenFile",
  "tokenStdin",
  "refreshTokenFile",
  "username",
  "domain",
  "passwordFile",
  "ca",
  "pin",
  "insecure",
  "tenant",
];

/** The options that choose targets of a file of targets. */
export const addSelectionOptions = (command: Command): Command =>
  command
    .optionsGroup("Many PBXs:")
    .addOption(new Option("--all", "every target in the file of targets").conflicts([...FOR_ONE, "label", "target"]))
    .addOption(
      new Option("--label <NAME,…>", "the targets with one of these labels")
        .argParser(splitNames("--label"))
        .conflicts(FOR_ONE),
    )
    .addOption(
      new Option("--target <NAME,…>", "the targets with these names")
        .argParser(splitNames("--target"))
        .conflicts(FOR_ONE),
    )
    .option("--config <FILE>", `the file of targets (default: ${USUAL_CONFIG})`);

export const addFleetOptions = (command: Command): Command =>
  addSelectionOptions(command)
    .addOption(new Option("--concurrency <N>", "so many hosts side by side (default: 32)").argParser(parseCount))
    .addOption(
      new Option("--shard <I/N>", "only part I of N, counting from 0; the targets of a host stay together").argParser(
        parseShard,
      ),
    );

/** Is this for targets of a file, not for one PBX? */
export const isFleetRun = ({ all, label, target, config, concurrency, shard }: FleetRunOptions): boolean => {
  if (all || label || target) return true;
  const given = Object.entries({ "--config": config, "--concurrency": concurrency, "--shard": shard }).find(
    ([, value]) => value !== undefined,
  );
  if (given) throw new UsageError(`${given[0]} is about a file of targets: add --all, --label or --target`);
  return false;
};
