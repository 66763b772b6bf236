import { ConfigurationError, exitCodeOf, listChecks, type VerifyOptions, verify } from "@callpark/contract";
import { applyBaseline, parseBaseline } from "@callpark/contract/baseline";
import { startSandbox } from "@callpark/sandbox";
import { describe, expect, it } from "vitest";
import type { Report } from "../src/report.ts";
import { baselineLines } from "../src/reporters/baseline.ts";
import { red } from "./reporters.samples.ts";

const code = "call_park.get.recall_time.maximum";
const yaml = `findings:
  - code: ${code}
    operation: GET /call_park
    received: ^1000
    owner: anna@example.com
    reason: PBX 22.6.1 lets it through, ticket 4711
    until: 2026-12-31
`;
const owned = { owner: "anna@example.com", reason: "PBX 22.6.1 lets it through, ticket 4711", until: "2026-12-31" };
const entry = { code, operation: "GET /call_park", received: "^1000", ...owned, line: 2 };

/** A run that was put back and in which nothing crashed: it has one finding. */
const failing: Report = {
  ...red,
  checks: red.checks.filter(({ status }) => status !== "error"),
  restore: { status: "restored" },
};
const on = (day: string, text: string): Report =>
  applyBaseline(failing, parseBaseline(text, "b.yaml"), new Date(`${day}T12:00:00Z`));

describe("a baseline", () => {
  it("is YAML or JSON", () => {
    expect(parseBaseline(yaml, "b.yaml")).toStrictEqual({ file: "b.yaml", entries: [entry] });
    const { line: _, ...fields } = entry;
    const json = JSON.stringify({ findings: [fields] }, null, 2);
    expect(parseBaseline(json, "b.json").entries).toStrictEqual([{ ...entry, line: 3 }]);
  });

  it("may be empty", () => {
    expect(parseBaseline("findings: []\n", "b.yaml").entries).toStrictEqual([]);
  });

  it.each<[string, string, string]>([
    ["no YAML", 'findings: ["', 'b.yaml:1: this is no YAML: Missing closing "quote'],
    ["nothing", "", 'b.yaml:1: a baseline is "findings:" with a list below it'],
    ["a list", "- code: x\n", 'b.yaml:1: a baseline is "findings:" with a list below it'],
    ["no list", "findings: 3\n", 'b.yaml:1: a baseline is "findings:" with a list below it'],
    ["another name", "findings: []\nowner: me\n", 'b.yaml:2: there is no "owner" in a baseline: a baseline is'],
    ["an entry that is a text", "findings:\n  - call_park.get\n", "b.yaml:2: an entry has code, operation, received,"],
    ["a misspelt name", yaml.replace("until:", "untill:"), 'b.yaml:7: there is no "untill" in an entry: it has code,'],
    ["no owner", yaml.replace(/ {4}owner.*\n/, ""), "b.yaml:2: this entry has no owner: say who answers for it"],
    [
      "an empty reason",
      yaml.replace(/reason:.*/, 'reason: ""'),
      "b.yaml:2: this entry has no reason: say why it stays",
    ],
    [
      "no date",
      yaml.replace(/ {4}until.*\n/, ""),
      "b.yaml:2: this entry has no until: give its last day, such as 2026-12-31",
    ],
    [
      "a day that there is not",
      yaml.replace("12-31", "02-30"),
      "b.yaml:7: until: 2026-02-30 is no date: write it as 2026-12-31",
    ],
    [
      "a date with a time",
      yaml.replace("12-31", "12-31T10:00:00Z"),
      "b.yaml:7: until: 2026-12-31T10:00:00Z is no date",
    ],
    ["a broken pattern", yaml.replace("^1000", "(1000"), "b.yaml:4: received: Invalid regular expression: /(1000/u"],
    ["a list for a text", yaml.replace("^1000", "[1, 2]"), "b.yaml:4: received must be a text"],
    ["a name twice", `${yaml}    owner: bob\n`, "b.yaml:8: this is no YAML: Map keys must be unique"],
  ])("with a mistake is refused, with its line: %s", (_, text, message) => {
    expect(() => parseBaseline(text, "b.yaml")).toThrow(ConfigurationError);
    expect(() => parseBaseline(text, "b.yaml")).toThrow(message);
  });

  it("names every mistake at once", () => {
    const text = "findings:\n  - code: a\n    until: soon\n";
    expect(() => parseBaseline(text, "b.yaml")).toThrow(
      "b.yaml:2: this entry has no owner: say who answers for it\n" +
        "b.yaml:2: this entry has no reason: say why it stays\n" +
        "b.yaml:3: until: soon is no date: write it as 2026-12-31",
    );
  });
});

describe("a known finding", () => {
  it("stays in the report and does not fail the run", () => {
    const report = on("2026-11-24", yaml);
    expect(exitCodeOf(failing)).toBe(1);
    expect(exitCodeOf(report)).toBe(0);
    const found = report.checks.flatMap(({ findings }) => findings).filter(({ kind }) => kind === "finding");
    expect(found.map(({ code, known }) => ({ code, known }))).toStrictEqual([{ code, known: owned }]);
    expect(report.checks.map(({ status }) => status)).toStrictEqual(failing.checks.map(({ status }) => status));
    expect(report.baseline).toStrictEqual({ file: "b.yaml", known: 1, expired: [], stale: [] });
  });

  it("fails again the day after its date, and the entry is named", () => {
    expect(exitCodeOf(on("2026-12-31", yaml))).toBe(0);
    const late = on("2027-01-01", yaml);
    expect(exitCodeOf(late)).toBe(1);
    expect(late.baseline).toStrictEqual({ file: "b.yaml", known: 0, expired: [entry], stale: [] });
  });

  it.each([
    ["code", yaml.replace(code, "call_park.get.recall_time")],
    ["operation", yaml.replace("GET /call_park", "POST /call_park")],
    ["what was received", yaml.replace("^1000", "^901$")],
  ])("is known by its %s", (_, text) => {
    const report = on("2026-11-24", text);
    expect(exitCodeOf(report)).toBe(1);
    expect(report.baseline?.stale).toHaveLength(1);
  });

  it("does not hide another one of the same check, a crash, an interrupted run or a PBX that was not restored", () => {
    const other = { ...failing.checks[2]?.findings[0], code: "other", kind: "finding" } as const;
    const two = failing.checks.map((check) =>
      check.status === "failed"
        ? { ...check, findings: [...check.findings, other as (typeof check.findings)[number]] }
        : check,
    );
    const baseline = parseBaseline(yaml, "b.yaml");
    const day = new Date("2026-11-24");
    expect(exitCodeOf(applyBaseline({ ...failing, checks: two }, baseline, day))).toBe(1);
    expect(exitCodeOf(applyBaseline({ ...red, restore: { status: "restored" } }, baseline, day))).toBe(1);
    expect(exitCodeOf(applyBaseline({ ...failing, interrupted: true }, baseline, day))).toBe(130);
    expect(exitCodeOf(applyBaseline(red, baseline, day))).toBe(4);
  });

  it("that a run did not look for may be there all the same, and that is said", async () => {
    await using pbx = await startSandbox();
    const { accessToken: token } = await pbx.signIn();
    const baseline = parseBaseline(yaml, "b.yaml");
    const linesOf = async (options: VerifyOptions) =>
      baselineLines(await verify({ url: pbx.url, token }, { ...options, baseline }));
    const line = `b.yaml:2: ${code} was not found: take it out`;
    const others = listChecks().length - 1;
    expect(await linesOf({ only: ["ring_groups.list.body"] })).toStrictEqual([
      `${line} (but ${others} checks did not run)`,
    ]);
  });
});
