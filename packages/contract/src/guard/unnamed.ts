import { isDeepStrictEqual } from "node:util";
import { Contract, type Schema, versionLines } from "../contract-document.ts";
import type { Unnamed } from "../journal/journal.ts";
import type { VersionLine } from "../report.ts";
import { concernsPrompt, concernsPromptUrl, hasPrompt, isBlank, isDocumented, type Settings } from "./settings.ts";

/** What can be told of fields that a body did not name by what it has changed. */
export const seenUnnamed = (body: Settings, was: Settings, now: Settings): Unnamed => {
  const seen: Unnamed = {};
  const isTaken = Object.keys(body).some((name) => name in now && !isDeepStrictEqual(was[name], now[name]));
  for (const name of fieldsUnnamed([body], was)) {
    const isSame = concernsPrompt(name) ? hasPrompt(was) === hasPrompt(now) : isDeepStrictEqual(was[name], now[name]);
    const isReset = isResetValue(name, now);
    // What was as a reset leaves it says nothing, nor does a body that has changed nothing.
    if (isReset && !isSame) seen[written(name)] = "reset";
    if (!isReset && isSame && isTaken) seen[written(name)] = "kept";
  }
  return seen;
};

/**
 * May a field that these bodies did not name have been reset by them? Not where this PBX was seen to keep it. Where nothing
 * of it was seen yet, only if nothing is left of what they did not name: a PBX resets all of that, or nothing.
 */
export const mayBeReset = (
  name: string,
  unnamed: Unnamed,
  bodies: readonly Settings[],
  was: Settings,
  now: Settings,
): boolean => {
  if (!isResetValue(name, now)) return false;
  const seen = unnamed[name];
  if (seen !== undefined) return seen === "reset";
  const fields = fieldsUnnamed(bodies, was);
  const isAllReset = fields.every((one) => isResetValue(one, now) && unnamed[written(one)] !== "kept");
  // Nobody's server is turned on again because it alone is off.
  const isSure = name !== "enabled" || fields.some((one) => one !== name && !isDeepStrictEqual(was[one], now[one]));
  return isAllReset && isSure;
};

/** The documented fields of the settings that no body names, the prompt as one. */
const fieldsUnnamed = (bodies: readonly Settings[], settings: Settings): string[] =>
  Object.keys(settings).filter(
    (name) =>
      isDocumented(name) &&
      (!concernsPrompt(name) || concernsPromptUrl(name)) &&
      !bodies.some((body) => written(name) in body),
  );

/** A prompt is read by its URL, and written by an id. */
const written = (name: string): string => (concernsPromptUrl(name) ? "prompt_file_id" : name);

const isResetValue = (name: string, settings: Settings): boolean => {
  if (concernsPrompt(name)) return !hasPrompt(settings);
  const value = settings[name];
  const contract = new Contract(versionLines.at(-1) as VersionLine);
  const forms = contract.properties(contract.schema("CallPark")).get(name) ?? [];
  const isDefault = ({ default: given, enum: only }: Schema) =>
    isDeepStrictEqual(given, value) || (only?.length === 1 && only[0] === value);
  return isBlank(value) || value === false || forms.some(isDefault);
};
