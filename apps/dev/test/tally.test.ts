import { expect, test } from "vitest";
import { tally } from "../run/tally.js";

test("sums all packages and names what failed or was skipped", () => {
  const client = { passed: 3, failed: ["test/unwrap.test.ts > throws"], skipped: [] };
  const docs = { passed: 1, failed: [], skipped: [{ name: "test/page.test.ts > opens", reason: "no Chromium" }] };
  expect(tally({ client, docs })).toEqual([
    "failed: client: test/unwrap.test.ts > throws",
    "skipped: docs: test/page.test.ts > opens (no Chromium)",
    "4 passed, 1 failed, 1 skipped",
  ]);
});

test("counts nothing where no package has results", () => {
  expect(tally({})).toEqual(["0 passed, 0 failed, 0 skipped"]);
});
