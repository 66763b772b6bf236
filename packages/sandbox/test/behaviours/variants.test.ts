import { describe, expect, test } from "vitest";
import { variants } from "../../src/behaviours/variants/index.ts";
import { witnessed } from "./witness.ts";

/** What cannot be told from an answer: how long it took. */
const unseen = new Set(["transport.slow"]);

test("every variant has an id and a sentence of its own", () => {
  expect(new Set(variants.map(({ id }) => id)).size).toBe(variants.length);
  expect(new Set(variants.map(({ what }) => what)).size).toBe(variants.length);
  expect(variants.filter(({ what }) => !/^\w.*\.$/.test(what)).map(({ what }) => what)).toEqual([]);
});

describe.concurrent("what each variant changes can be seen", () => {
  test.each(variants.filter(({ id }) => !unseen.has(id)).map((variant) => [variant.id, variant] as const))(
    "%s",
    async (id, { witness }) => {
      const plain = await witnessed({}, witness);
      expect(await witnessed({}, witness)).toEqual(plain);
      expect(await witnessed({ variants: [id] }, witness)).not.toEqual(plain);
    },
  );
});
