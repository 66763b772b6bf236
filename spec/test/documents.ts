import openapi from "../dist/openapi.js";
import openapi220 from "../dist/openapi-22.0.js";
import openapi222 from "../dist/openapi-22.2.js";
import openapi226 from "../dist/openapi-22.6.js";

/** A part of an OpenAPI document, whatever it is. */
// biome-ignore lint/suspicious/noExplicitAny: the tests walk through plain data.
export type Part = any;

export const whole: Part = openapi;
export const lines: Record<string, Part> = { "22.0": openapi220, "22.2": openapi222, "22.6": openapi226 };
export const methods: string[] = ["get", "post"];

export const pointerPart = (part: string): string => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** What a local reference points to, and its pointer. */
export const follow = (document: Part, part: Part): { part: Part; ref?: string } => {
  if (typeof part?.$ref !== "string") return { part };
  const found = part.$ref
    .slice(2)
    .split("/")
    .reduce((at: Part, key: string) => at[key.replaceAll("~1", "/").replaceAll("~0", "~")], document);
  return { part: found, ref: part.$ref };
};
