import { expect, test } from "vitest";
import { redocly } from "../tools/redocly.ts";

test.each(["source", "22.0", "22.2", "22.6"])("the lint finds nothing in %s", async (api) => {
  const run = await redocly(["lint", api, "--format=json"]);
  const { totals, problems } = JSON.parse(run.stdout);
  expect(problems).toEqual([]);
  expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  expect(run.ok).toBe(true);
});

test("the configuration is valid", async () => {
  expect(await redocly(["check-config"])).toMatchObject({ ok: true });
});
