import { failedJunitReport, junitReport } from "@callpark/contract/reporters";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { Report } from "../src/report.ts";
import { echo } from "./echo.ts";
import { green, known, red } from "./reporters.samples.ts";
import { bench } from "./support.ts";

/** What junit-10.xsd of Jenkins allows where: the strictest of those that CI systems go by. */
const allowed: Record<string, { attributes: string[]; children: string[] }> = {
  testsuites: { attributes: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"] },
  testsuite: {
    attributes: ["name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package"],
    children: ["properties", "testcase", "system-out", "system-err"],
  },
  properties: { attributes: [], children: ["property"] },
  property: { attributes: ["name", "value"], children: [] },
  testcase: {
    attributes: ["name", "classname", "time"],
    children: ["skipped", "error", "failure", "system-out", "system-err"],
  },
  skipped: { attributes: ["type", "message"], children: ["#text"] },
  error: { attributes: ["type", "message"], children: ["#text"] },
  failure: { attributes: ["type", "message"], children: ["#text"] },
  "system-out": { attributes: [], children: ["#text"] },
};

interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
}

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: "" });

const nodesOf = (parsed: Record<string, unknown>[]): Node[] =>
  parsed.map((node) => {
    const { ":@": attributes = {}, ...rest } = node;
    const [[name, children] = ["", []]] = Object.entries(rest);
    return {
      name,
      attributes: attributes as Record<string, string>,
      children: Array.isArray(children) ? nodesOf(children) : [],
    };
  });

const parse = (xml: string): Node => {
  const root = nodesOf(parser.parse(xml)).find(({ name }) => name === "testsuites");
  if (root === undefined) throw new Error("There is no testsuites");
  return root;
};

const misplaced = ({ name, attributes, children }: Node): string[] => [
  ...Object.keys(attributes).filter((attribute) => !allowed[name]?.attributes.includes(attribute)),
  ...children.flatMap((child) => (allowed[name]?.children.includes(child.name) ? [] : [`${name} > ${child.name}`])),
  ...children.flatMap((child) => (child.name === "#text" ? [] : misplaced(child))),
];

describe("a JUnit report", () => {
  it.each<[string, () => Promise<Report>]>([
    ["of a run that finds nothing", async () => green],
    ["of a run that did not restore", async () => red],
    ["with known findings", async () => known],
    [
      "of a PBX that echoes what it is sent",
      async () => {
        await using pbx = await bench(echo(["no secret"]));
        return await pbx.run({ write: "full" });
      },
    ],
  ])("is as its schema wants it: %s", async (_, make) => {
    const report = await make();
    const xml = junitReport(report);
    expect(XMLValidator.validate(xml)).toBe(true);
    const root = parse(xml);
    expect(misplaced(root)).toStrictEqual([]);
    const sum = (name: string) => root.children.reduce((total, { attributes }) => total + Number(attributes[name]), 0);
    const cases = root.children.flatMap(({ children }) => children.filter(({ name }) => name === "testcase"));
    const ending = (wanted: string) =>
      cases.filter(({ children }) => children.some(({ name }) => name === wanted)).length;
    expect([sum("tests"), sum("failures"), sum("errors"), sum("skipped")]).toStrictEqual([
      cases.length,
      ending("failure"),
      ending("error"),
      ending("skipped"),
    ]);
    expect(
      [root.attributes["tests"], root.attributes["failures"], root.attributes["errors"]].map(Number),
    ).toStrictEqual([cases.length, ending("failure"), ending("error")]);
    // A case that stands twice is one case to a CI system, and hides one outcome of the two.
    expect(new Set(cases.map(({ attributes }) => `${attributes["classname"]} ${attributes["name"]}`)).size).toBe(
      cases.length,
    );
  });

  it("is as its schema wants it: of a run that came to no report", () => {
    const run = { startedAt: "2026-11-24T20:28:45.516Z", duration: 1234 };
    for (const url of [{}, { url: "https://pbx.example.com:8887/api" }]) {
      const xml = failedJunitReport({ ...run, ...url, message: "connect ECONNREFUSED <&>\nCheck the URL." });
      expect([XMLValidator.validate(xml), misplaced(parse(xml))]).toStrictEqual([true, []]);
    }
  });
});
