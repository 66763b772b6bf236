import { expect, test } from "vitest";
import { follow, lines, type Part } from "./documents.ts";

/** The fields of a value that its schema does not document. */
const unknownFields = (document: Part, schema: Part, value: Part, at = ""): string[] => {
  if (Array.isArray(value)) {
    const { part } = follow(document, schema);
    return value.flatMap((item, index) => unknownFields(document, part.items, item, `${at}/${index}`));
  }
  if (value === null || typeof value !== "object") return [];
  const documented = fieldsOf(document, schema);
  if (documented === "any") return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = documented[name];
    return field ? unknownFields(document, field, inner, `${at}/${name}`) : [`${at}/${name}`];
  });
};

/** Every field that a schema or one of its parts documents; any where it documents no type. */
const fieldsOf = (document: Part, schema: Part): Record<string, Part> | "any" => {
  const { part } = follow(document, schema);
  const parts = [part.allOf, part.oneOf, part.anyOf].flat().filter(Boolean);
  if (part.type === undefined && parts.length === 0) return "any";
  return Object.assign({}, part.properties, ...parts.map((one: Part) => fieldsOf(document, one)));
};

const mediaTypes = (node: Part): Part[] =>
  node === null || typeof node !== "object"
    ? []
    : [...(node.schema && node.examples ? [node] : []), ...Object.values(node).flatMap(mediaTypes)];

test.each(Object.entries(lines))("every example of %s has only documented fields", (_, document) => {
  const all = mediaTypes(document);
  expect(all.length).toBeGreaterThan(30);
  for (const { schema, examples } of all)
    for (const [name, example] of Object.entries(examples))
      expect([name, unknownFields(document, schema, follow(document, example).part.value)]).toEqual([name, []]);
});

test("a field of another version is found", () => {
  const document = lines["22.0"];
  const value = { send_notification_to_parker: true, recall_time: 60, ring_group_id: null };
  const schema = { $ref: "#/components/schemas/CallPark" };
  expect(unknownFields(document, schema, value)).toEqual(["/send_notification_to_parker"]);
  expect(unknownFields(document, { type: "array", items: schema }, [value])).toEqual([
    "/0/send_notification_to_parker",
  ]);
});
