import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

/**
 * Reads flags by their names without the dashes: those with a number are ports, the others are text.
 *
 * @param defaults What each flag is when left out.
 * @throws UsageError
 */
export const readFlags = <Flags extends Record<string, string | number>>(args: string[], defaults: Flags): Flags => {
  const given = parse(args, Object.keys(defaults));
  const read = (name: string, left: string | number): string | number => {
    const text = given[name];
    if (text === undefined || typeof left === "string") return text ?? left;
    if (/^\d+$/.test(text) && Number(text) <= 65535) return Number(text);
    throw new UsageError(`--${name} is a port from 0 to 65535 (0 takes a free one), not "${text}".`);
  };
  return Object.fromEntries(Object.entries(defaults).map(([name, left]) => [name, read(name, left)])) as Flags;
};

const parse = (args: string[], names: string[]): Record<string, string | undefined> => {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  try {
    return parseArgs({ args, options }).values as Record<string, string | undefined>;
  } catch (error) {
    const [what] = (error as Error).message.split(/[.\n]/);
    throw new UsageError(`${what}: the options are ${names.map((name) => `--${name}`).join(", ")}.`, { cause: error });
  }
};
