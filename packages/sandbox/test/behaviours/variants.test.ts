import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { variants } from "../../src/behaviours/variants/index.ts";
import { startSandbox } from "../../src/index.ts";
import { witnessed } from "./witness.ts";

/** What cannot be told from an answer, or not by fetch: how long it took, and how its headers are written. */
const unseen = new Set(["transport.slow", "transport.header_case"]);

test("transport.header_case writes the names of headers in small letters", async () => {
  await using pbx = await startSandbox({ variants: ["transport.header_case"] });
  const [response] = (await once(get(`${pbx.apiUrl}/info`), "response")) as [IncomingMessage];
  response.resume();
  expect(response.rawHeaders.slice(0, 4)).toEqual([
    "content-length",
    expect.any(String),
    "content-type",
    "application/json",
  ]);
});

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
