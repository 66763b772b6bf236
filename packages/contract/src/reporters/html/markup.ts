import { byNumber } from "../text.ts";

/** Text that is HTML already. Only `html` makes it, so that nothing gets onto the page unescaped. */
export interface Markup {
  readonly markup: string;
}

export type Content = string | number | Markup | readonly Content[];

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escapeText = (text: string): string =>
  text
    .replace(/[^\n\P{Cc}]|[\p{Cs}\p{Bidi_Control}]/gu, byNumber)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const render = (content: Content): string => {
  if (typeof content === "string") return escapeText(content);
  if (typeof content === "number") return String(content);
  return "markup" in content ? content.markup : content.map(render).join("");
};

/** A piece of the page: every value in it is escaped, unless it is a piece itself. */
export const html = (strings: TemplateStringsArray, ...values: Content[]): Markup => ({
  markup: strings.map((string, index) => string + render(values[index] ?? "")).join(""),
});

/** The style is the only text that goes in as it is; the page's policy holds its hash. */
export const raw = (markup: string): Markup => ({ markup });
