/**
 * Rewrites each `oneOf` whose branches are told apart by an enum (or const) so
 * that a validator looks only at the branch that the value means: its errors
 * then name what is wrong with that branch, and nothing of the others.
 *
 * The rewritten schema accepts the same values: the enums are disjoint, so that
 * at most one branch can hold, and the value of the property says which.
 */
import type { Schema } from "./schema.ts";

type Resolve = (schema: Schema) => Schema;

export const chooseBranches = (node: unknown, resolve: Resolve): unknown => {
  if (Array.isArray(node)) return node.map((item) => chooseBranches(item, resolve));
  if (node === null || typeof node !== "object") return node;
  const schema = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, chooseBranches(value, resolve)]),
  ) as Schema;
  const branches = schema.oneOf;
  const tag = branches && tagOf(branches, resolve);
  if (!branches || !tag) return schema;

  const { oneOf: _, ...rest } = schema;
  const optional = branches.find((branch) => !resolve(branch).required?.includes(tag));
  const known = branches.flatMap((branch) => valuesOf(resolve(branch), tag) ?? []);
  return {
    ...rest,
    allOf: [
      ...(rest.allOf ?? []),
      { type: "object", properties: { [tag]: { enum: known } } },
      optional ? { if: { not: { required: [tag] } }, then: optional } : { required: [tag] },
      ...branches.map((branch) => ({
        if: { properties: { [tag]: { enum: valuesOf(resolve(branch), tag) } }, required: [tag] },
        then: branch,
      })),
    ],
  };
};

const valuesOf = (branch: Schema, property: string): unknown[] | undefined => {
  const schema = branch.properties?.[property];
  if (schema?.enum) return schema.enum;
  return schema && "const" in schema ? [schema.const] : undefined;
};

/** The property whose values differ between all branches, if there is one; at most one branch may lack it. */
export const tagOf = (branches: Schema[], resolve: Resolve): string | undefined => {
  const resolved = branches.map(resolve);
  if (resolved.some(({ type }) => type !== "object")) return undefined;
  return Object.keys(resolved[0]?.properties ?? {}).find((property) => {
    const values = resolved.map((branch) => valuesOf(branch, property));
    if (values.some((list) => list === undefined)) return false;
    if (resolved.filter(({ required }) => !required?.includes(property)).length > 1) return false;
    const all = values.flat();
    return new Set(all).size === all.length;
  });
};
