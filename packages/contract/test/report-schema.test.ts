import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { applyBaseline, parseBaseline } from "@callpark/contract/baseline";
import { jsonReport } from "@callpark/contract/reporters";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { echo } from "./echo.ts";
import { known, red } from "./reporters.samples.ts";
import { bench } from "./support.ts";

const published = createRequire(import.meta.url).resolve("@callpark/contract/report.schema.json");
const schema = JSON.parse(readFileSync(published, "utf8"));

/** The schema lets programs meet fields of later releases; here every field must be described. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const parts = Object.fromEntries(Object.entries(node).map(([name, part]) => [name, closed(part)]));
  return "properties" in parts && "type" in parts ? { ...parts, additionalProperties: false } : parts;
};

const ajv = new Ajv2020({ allErrors: true, strict: true });
formats.default(ajv);
const validate = ajv.compile(closed(schema) as object);
const mistakes = (text: string) => (validate(JSON.parse(text)) ? [] : validate.errors);

describe("the published schema describes", () => {
  it("a run that finds nothing", async () => {
    await using pbx = await bench();
    expect(mistakes(jsonReport(await pbx.run({ write: "full" })))).toStrictEqual([]);
  });

  it("a run with findings, recorded and with a baseline", async () => {
    await using pbx = await bench(echo(["no secret"]));
    const report = await pbx.run({ write: "full", record: true });
    const [first] = report.checks.flatMap(({ findings }) => findings);
    const entry = (until: string) => ({ code: first?.code, owner: "anna", reason: "ticket 4711", until });
    const findings = [
      entry("2999-01-01"),
      entry("2001-01-01"),
      { ...entry("2999-01-01"), code: "stale", received: "x" },
    ];
    const known = applyBaseline(report, parseBaseline(JSON.stringify({ findings }), "baseline.json"));
    expect(known.baseline?.expired).toHaveLength(1);
    expect(mistakes(jsonReport(known))).toStrictEqual([]);
  });

  it("a run that did not restore", () => {
    expect([...(mistakes(jsonReport(red)) ?? []), ...(mistakes(jsonReport(known)) ?? [])]).toStrictEqual([]);
  });

  it("no report with a status of its own, another version or a field that is not described", () => {
    const broken = { ...red, schemaVersion: 2, more: true, checks: [{ ...red.checks[0], status: "good" }] };
    expect(mistakes(JSON.stringify(broken))?.map(({ instancePath, keyword }) => [instancePath, keyword])).toStrictEqual(
      [
        ["", "additionalProperties"],
        ["/schemaVersion", "const"],
        ["/checks/0/status", "enum"],
      ],
    );
  });
});
