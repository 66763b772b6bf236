import { isDeepStrictEqual } from "node:util";

/** What GET /call_park answered with, unknown fields too. */
export type Settings = Record<string, unknown>;

export const isSettings = (value: unknown): value is Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The fields in which two readings differ. The prompt's URL may be another for the same prompt: its name and size tell,
 * and its bytes are compared apart.
 */
export const differences = (one: Settings, other: Settings): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) =>
      !isDeepStrictEqual(one[name], other[name]) &&
      !(name === "prompt_file_url" && typeof one[name] === "string" && typeof other[name] === "string"),
  );

const promptFields = ["prompt_file_name", "prompt_file_size", "prompt_file_url"];

export const concernsPrompt = (name: string): boolean => promptFields.includes(name);

export const hasPrompt = ({ prompt_file_url: url }: Settings): boolean => typeof url === "string" && url !== "";
