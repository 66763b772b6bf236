/** The validators say of every value what plain ajv says of the schema as it was written. */
import openapi from "@callpark/spec";
import openapi220 from "@callpark/spec/22.0";
import openapi222 from "@callpark/spec/22.2";
import openapi226 from "@callpark/spec/22.6";
import * as every from "@callpark/validators";
import * as line220 from "@callpark/validators/22.0";
import * as line222 from "@callpark/validators/22.2";
import * as line226 from "@callpark/validators/22.6";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Schema } from "../tools/schema.ts";
import { plainAjv } from "./plain-ajv.ts";
import { createValues } from "./values.ts";

const lines: [string, typeof openapi, object][] = [
  ["every line", openapi, every],
  ["22.0", openapi220, line220],
  ["22.2", openapi222, line222],
  ["22.6", openapi226, line226],
];

describe.each(lines)("the validators of %s", (_, document, exported) => {
  const schemas = document.components["schemas"] as Record<string, Schema>;
  const validators = exported as Record<string, (value: unknown) => unknown>;
  const plain = plainAjv(schemas);
  const values = createValues(schemas);

  test.each(Object.keys(schemas))("agree about %s with the schema as it was written", (name) => {
    const accepts = plain(name);
    const is = validators[`is${name}`] as (value: unknown) => boolean;
    const validate = validators[`validate${name}`] as (value: unknown) => unknown[];
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(values({ $ref: `#/components/schemas/${name}` }), (value) => {
        const wanted = accepts(value);
        seen[wanted ? "accepted" : "refused"] += 1;
        expect(is(value)).toBe(wanted);
        expect(validate(value).length === 0).toBe(wanted);
      }),
      { numRuns: 1000 },
    );
    // Enough of both is made. A file's bytes may be anything.
    expect(seen.accepted).toBeGreaterThan(30);
    if (name !== "FileContent") expect(seen.refused).toBeGreaterThan(30);
  });
});
