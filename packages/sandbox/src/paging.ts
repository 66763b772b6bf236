import { fieldError, validateFailed } from "./errors.ts";

export interface PageQuery {
  filter?: string;
  search?: string;
  orderby?: string;
  skip?: number;
  top?: number;
}

/**
 * One page of a list. The documents leave open how `filter` and `orderby` are
 * written: here `field eq 'value'`, and `field`, `field asc` or `field desc`.
 */
export const page = <Item extends object>(
  items: readonly Item[],
  { filter, search, orderby, skip = 0, top = items.length }: PageQuery,
): { count: number; items: Item[] } => {
  const fields = new Set(items.flatMap((item) => Object.keys(item)));
  let found = [...items];
  if (filter) found = found.filter(equals(filter, fields));
  if (search) found = found.filter((item) => contains(item, search.toLowerCase()));
  if (orderby) found.sort(by(orderby, fields));
  return { count: found.length, items: found.slice(skip, skip + top) };
};

const value = (item: object, field: string): unknown => (item as Record<string, unknown>)[field];

/** An empty list has no fields to know, and any will do. */
const known = (parameter: string, field: string, fields: ReadonlySet<string>) => {
  if (fields.size > 0 && !fields.has(field)) throw validateFailed(fieldError(parameter, `names no field: ${field}`));
};

const equals = (filter: string, fields: ReadonlySet<string>) => {
  const [, field, wanted] = /^\s*(\w+) eq '((?:[^']|'')*)'\s*$/.exec(filter) ?? [];
  if (field === undefined || wanted === undefined)
    throw validateFailed(fieldError("filter", "must be written like: name eq 'Warehouse'"));
  known("filter", field, fields);
  return (item: object) => String(value(item, field)) === wanted.replaceAll("''", "'");
};

const contains = (item: object, word: string) =>
  ["name", "extension_number", "domain"].some((field) =>
    String(value(item, field) ?? "")
      .toLowerCase()
      .includes(word),
  );

const by = (orderby: string, fields: ReadonlySet<string>) => {
  const [, field, direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/.exec(orderby) ?? [];
  if (field === undefined)
    throw validateFailed(fieldError("orderby", "must be a field, with asc or desc after it or not"));
  known("orderby", field, fields);
  const sign = direction === "desc" ? -1 : 1;
  return (one: object, other: object) => {
    const [left, right] = [String(value(one, field)), String(value(other, field))];
    return left < right ? -sign : left > right ? sign : 0;
  };
};
