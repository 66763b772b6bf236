import { isDeepStrictEqual } from "node:util";
import { Contract, versionLines } from "../contract-document.ts";
import type { VersionLine } from "../report.ts";

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

export const promptFields: readonly string[] = ["prompt_file_name", "prompt_file_size", "prompt_file_url"];

export const concernsPrompt = (name: string): boolean => promptFields.includes(name);

export const concernsPromptUrl = (name: string): boolean => name === "prompt_file_url";

export const hasPrompt = ({ prompt_file_url: url }: Settings): boolean => typeof url === "string" && url !== "";

/** Has the prompt gone between these readings? */
export const isPromptGone = (was: Settings, now: Settings): boolean => hasPrompt(was) && !hasPrompt(now);

export const isBlank = (value: unknown): boolean => value === undefined || value === null || value === "";

/** The fields that mean something in some modes only: the field that tells the mode, and where they mean nothing. */
const modes: Record<string, [field: string, value: unknown]> = {
  ring_group_id: ["recall_to", "USER_ONLY"],
  extension_number: ["enabled", false],
};

/** The field that tells whether this one means anything. */
export const modeOf = (name: string): string | undefined => modes[name]?.[0];

/** What means nothing in the settings' own mode, and so may read back as anything. */
export const meansNothing = (name: string, settings: Settings): boolean => {
  const [field, value] = modes[name] ?? [];
  return field !== undefined && settings[field] === value;
};

/** A server that is off may hide its number behind null: sent back, the null would take the number away. */
export const mayBeHidden = (name: string, settings: Settings): boolean =>
  name === "extension_number" && meansNothing(name, settings) && settings[name] === null;

/** The fields of a body that do not read back as they were sent. */
export const unlikeSent = (body: unknown, after: Settings): string[] =>
  isSettings(body)
    ? Object.keys(body).filter((name) => name in after && !isDeepStrictEqual(body[name], after[name]))
    : [];

/** Those of them that should. */
export const notAsSent = (body: unknown, after: Settings): string[] =>
  unlikeSent(body, after).filter((name) => !meansNothing(name, after));

let documented: Set<string> | undefined;

/** Is it a field of any version line? */
export const isDocumented = (name: string): boolean => {
  const newest = new Contract(versionLines.at(-1) as VersionLine);
  documented ??= new Set(newest.properties(newest.schema("CallPark")).keys());
  return documented.has(name);
};

const timestamp = /^\d{4}-\d{2}-\d{2}T/;

/** Later than before: the time of a write, which nobody sets and nobody can put back. */
export const isLater = (before: unknown, after: unknown): boolean =>
  typeof before === "string" &&
  typeof after === "string" &&
  timestamp.test(before) &&
  timestamp.test(after) &&
  Date.parse(after) > Date.parse(before);
