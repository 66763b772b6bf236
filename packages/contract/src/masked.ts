import { hidden, type Mask } from "./mask.ts";
import { hideFields, isSecretField } from "./secret-fields.ts";

/** The same data with no secret in any text of it, nor in any name. */
export const masked = <Value>(value: Value, mask: Mask): Value =>
  hide(value, (text) => hideFields(mask(text))) as Value;

/** Is something in it hidden? Then it can neither be compared nor written back. */
export const isMasked = (value: unknown): boolean => JSON.stringify(value)?.includes(hidden) === true;

const hide = (value: unknown, mask: Mask): unknown => {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((one) => hide(one, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      mask(name),
      isSecretField(name) && typeof one === "string" && one !== "" ? hidden : hide(one, mask),
    ]),
  );
};
