import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findChromium } from "../src/chromium.ts";

test("CHROMIUM_PATH goes before the usual places", () => {
  const here = fileURLToPath(import.meta.url);
  expect(findChromium({ CHROMIUM_PATH: here })).toBe(here);
});

test("a CHROMIUM_PATH that leads nowhere is named, not passed over", () => {
  expect(() => findChromium({ CHROMIUM_PATH: "/nowhere/chromium" })).toThrow(
    "CHROMIUM_PATH names /nowhere/chromium, which is not there: correct it, or unset it to search the usual places",
  );
});
