import { byNumber } from "./text.ts";

// XML 1.0 has no way to write these characters at all, not even by number.
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

const entity = (character: string): string => ENTITIES[character] ?? character;

export const xmlText = (text: string): string => text.replace(UNWRITABLE, byNumber).replace(/[&<>\r]/g, entity);

const xmlAttribute = (text: string): string => text.replace(UNWRITABLE, byNumber).replace(/[&<>"\t\n\r]/g, entity);

/** One element; its content is XML already, its attributes are not. */
export const element = (name: string, attributes: Record<string, string | number>, content: string[] = []): string => {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlAttribute(String(value))}"`);
  const open = `<${name}${pairs.join("")}`;
  return content.length === 0 ? `${open}/>` : `${open}>${content.join("")}</${name}>`;
};
