import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";

export interface SourceLocation {
  /** From spec/. */
  file: string;
  /** From 1. */
  line: number;
}

const pointerPart = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** Every key of the root, the paths and the components, by its JSON pointer in the bundled document. */
export const sourceLocations = (room: string): Record<string, SourceLocation> => {
  const locations: Record<string, SourceLocation> = {};

  const record = (file: string, base: string) => {
    const counter = new LineCounter();
    const text = readFileSync(join(room, file), "utf8");
    const walk = (node: Node | null, pointer: string) => {
      if (!isMap(node)) {
        if (node && "items" in node)
          (node.items as Node[]).forEach((item, index) => {
            walk(item, `${pointer}/${index}`);
          });
        return;
      }
      for (const { key, value } of node.items) {
        // A reference is no part of the bundled document; what it points to is.
        if (!isScalar(key) || !key.range || key.value === "$ref") continue;
        const at = `${pointer}/${pointerPart(String(key.value))}`;
        locations[at] = { file, line: counter.linePos(key.range[0]).line };
        walk(value as Node | null, at);
      }
    };
    locations[base] = { file, line: 1 };
    walk(parseDocument(text, { lineCounter: counter }).contents, base);
  };

  record("openapi.yaml", "#");
  const index = parseDocument(readFileSync(join(room, "openapi.yaml"), "utf8")).toJS();
  for (const [path, item] of Object.entries<{ $ref: string }>(index.paths))
    record(item.$ref, `#/paths/${pointerPart(path)}`);
  for (const kind of readdirSync(join(room, "components")))
    for (const name of readdirSync(join(room, "components", kind)))
      record(`components/${kind}/${name}`, `#/components/${kind}/${name.replace(/\.yaml$/, "")}`);
  return locations;
};
