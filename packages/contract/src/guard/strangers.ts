import { Contract, type Schema, versionLines } from "../contract-document.ts";
import type { VersionLine } from "../report.ts";
import { concernsPrompt, isDocumented, type Settings } from "./settings.ts";

/**
 * Of the fields that do not read back as anybody sent them, those whose values have nothing to do with what was sent or
 * was there: another administrator's, more likely than a broken PBX's.
 */
export const strangersAmong = (
  fields: readonly string[],
  { sent, before, after }: { sent: Settings; before: Settings; after: Settings },
): string[] => {
  const values = [...Object.values(sent), ...Object.values(before)];
  return fields.filter(
    (name) =>
      isDocumented(name) &&
      !concernsPrompt(name) &&
      ![...values, ...rulesOf(name)].some((value) => isRelated(value, after[name])),
  );
};

/** What the spec itself says of a field may be what a broken PBX falls back to. */
const rulesOf = (name: string): unknown[] => {
  const contract = new Contract(versionLines.at(-1) as VersionLine);
  const forms: Schema[] = contract.properties(contract.schema("CallPark")).get(name) ?? [];
  return [null, "", false, true, ...forms.flatMap((form) => [form.default, form.minimum, form.maximum])];
};

/** The same, one off, or a part of it. */
const isRelated = (value: unknown, read: unknown): boolean => {
  if (typeof value === "number" && Number.isFinite(Number(read))) return Math.abs(value - Number(read)) <= 1;
  if (typeof value === "string" && typeof read === "string" && value !== "" && read !== "")
    return value.includes(read) || read.includes(value);
  return value === read;
};
