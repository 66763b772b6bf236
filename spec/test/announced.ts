/** What the marks in the sources announce between two version lines, as `redocly diff` names it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { redocly } from "../tools/redocly.ts";
import { isInLine } from "../tools/version-line.js";
import { follow, methods, type Part, pointerPart } from "./documents.ts";

/** The document as it was written: in dist/openapi.yaml no marked field is required any more. */
const bundled = async (): Promise<Part> => {
  const folder = mkdtempSync(join(tmpdir(), "callpark-spec-"));
  try {
    const file = join(folder, "openapi.yaml");
    const run = await redocly(["bundle", "source", "--output", file]);
    if (!run.ok) throw new Error(run.stderr);
    return parse(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
};
const whole = await bundled();

const change = (inBase: boolean, path: string) => `${inBase ? "removed" : "added"} ${path}`;

export const announced = (base: string, revision: string): string[] => [
  "modified #/info version",
  ...Object.entries<Part>(whole.paths).flatMap(([path, item]) =>
    ofPath(`#/paths/${pointerPart(path)}`, item, base, revision),
  ),
  ...ofComponents(base, revision),
];

const ofPath = (at: string, item: Part, base: string, revision: string): string[] => {
  const operations = methods.filter((method) => item[method]);
  const inBase = operations.filter((method) => isInLine(item[method], base));
  const inRevision = operations.filter((method) => isInLine(item[method], revision));
  if (inBase.length === 0 || inRevision.length === 0)
    return inBase.length === inRevision.length ? [] : [change(inBase.length > 0, at)];
  return operations.flatMap((method) => {
    const [was, is] = [inBase.includes(method), inRevision.includes(method)];
    if (was !== is) return [change(was, `${at}/${method}`)];
    return was ? ofFields(item[method], `${at}/${method}`, base, revision, new Set()) : [];
  });
};

/** The marked fields below a part. The path of a change runs through the references. */
const ofFields = (partOrRef: Part, at: string, base: string, revision: string, seen: Set<string>): string[] => {
  const { part, ref } = follow(whole, partOrRef);
  if (part === null || typeof part !== "object" || (ref && seen.has(ref))) return [];
  if (ref) seen.add(ref);
  const marked = Object.entries<Part>(isFields(part.properties) ? part.properties : {}).flatMap(([name, field]) => {
    const [was, is] = [isInLine(field, base), isInLine(field, revision)];
    if (was === is) return [];
    const required = part.required?.includes(name) ? [`modified ${at} required`] : [];
    return [change(was, `${at}/properties/${name}`), ...required];
  });
  const below = Object.entries<Part>(part).flatMap(([key, child]) =>
    ofFields(child, `${at}/${pointerPart(key)}`, base, revision, seen),
  );
  return [...marked, ...below];
};

const isFields = (value: Part) => value !== null && typeof value === "object" && !Array.isArray(value);

/** A component comes with the first thing that refers to it and goes with the last. */
const ofComponents = (base: string, revision: string): string[] => {
  const was = reached(whole.paths, base);
  const is = reached(whole.paths, revision);
  return [
    ...[...was].filter((ref) => !is.has(ref)).map((ref) => change(true, ref)),
    ...[...is].filter((ref) => !was.has(ref)).map((ref) => change(false, ref)),
  ];
};

const reached = (node: Part, line: string, found = new Set<string>()): Set<string> => {
  if (node === null || typeof node !== "object" || !isInLine(node, line)) return found;
  const { part, ref } = follow(whole, node);
  if (ref && found.has(ref)) return found;
  if (ref) found.add(ref);
  for (const child of Object.values(part)) reached(child, line, found);
  return found;
};
