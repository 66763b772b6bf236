import {
  type FleetReport,
  type FleetTarget,
  fleetHtmlReport,
  fleetTerminalReport,
  verifyFleet,
} from "@callpark/contract/fleet";
import { startSandbox } from "@callpark/sandbox";
import { beforeAll, describe, expect, test } from "vitest";

const only = ["call_park.get.body", "call_park.get.prompt", "call_park.get.stable"];

/** A fleet of many targets on three PBXs: one that is well, and two whose recall times are too long, and no number. */
const verified = async (each: number): Promise<FleetReport> => {
  const pbxs = await Promise.all(
    [[], ["call_park.get.answer.recall_time.above_maximum"], ["call_park.get.answer.recall_time.text"]].map((faults) =>
      startSandbox({ faults }),
    ),
  );
  const targets: FleetTarget[] = [];
  for (const [at, pbx] of pbxs.entries()) {
    const { accessToken: token } = await pbx.signIn();
    for (let number = 0; number < each; number += 1)
      targets.push({ name: `${["well", "long", "typed"][at]}-${number}`, target: { url: pbx.url, token } });
  }
  targets.push({ name: "gone", target: { url: "http://127.0.0.1:1", token: "none" } });
  const report = await verifyFleet(targets, { only });
  await Promise.all(pbxs.map((pbx) => pbx.close()));
  return report;
};

const text = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

const foldsOf = (page: string, kind: string): string[] =>
  [...page.matchAll(new RegExp(`<details class="${kind}"( open)?>\\s*<summary>(.*?)</summary>`, "gs"))].map(
    ([, open, summary = ""]) => `${open ? "open: " : ""}${text(summary)}`,
  );

describe("the page of a fleet", () => {
  let few: FleetReport;
  let many: FleetReport;
  beforeAll(async () => {
    [few, many] = [await verified(1), await verified(10)];
  });

  test("has the targets under their verdicts, the gravest first, open while they are few", () => {
    expect(foldsOf(fleetHtmlReport(few), "group")).toEqual([
      "open: Does not conform: 2 long-0, typed-0",
      "open: Not reached: 1 gone",
      "open: Conforms: 1 well-0",
    ]);
    expect(foldsOf(fleetHtmlReport(many), "group")).toEqual([
      "Does not conform: 20 long-0, long-1, long-2, long-3, long-4, long-5, long-6, long-7 and 12 more",
      "open: Not reached: 1 gone",
      "Conforms: 10 well-0, well-1, well-2, well-3, well-4, well-5, well-6, well-7 and 2 more",
    ]);
  });

  test("has each check that failed once, with how many targets it failed at, and each finding once with all of them", () => {
    const page = fleetHtmlReport(many);
    expect(foldsOf(page, "check")).toEqual([
      "open: GET /call_park answers with the documented settings 20 failed 10 passed",
    ]);
    expect(page.split('<h4><span class="kind">Finding</span>')).toHaveLength(3);
    expect(page.split("<dd>recall_time must be at most 900</dd>")).toHaveLength(2);
    expect(foldsOf(page, "names").filter((fold) => fold.startsWith("10 targets : long-0, "))).toHaveLength(1);
    expect(page).toContain('<a href="#check-call_park.get.body"><code>call_park.get.body</code></a>');
    expect(page.split('id="check-call_park.get.body"')).toHaveLength(2);
  });

  test("says what else was received where a finding is the same, and the values are not", () => {
    const [first, second] = few.targets.filter(({ name }) => name === "long-0" || name === "typed-0");
    const [check] = first?.checks ?? [];
    const [finding] = check?.findings ?? [];
    if (!first || !second || !check || !finding) throw new Error("The PBX was found well");
    const other = { ...check, findings: [{ ...finding, received: "902" }] };
    const fleet = { ...few, targets: [first, { ...second, checks: [other] }] };
    const page = fleetHtmlReport(fleet);
    expect(page.split('<h4><span class="kind">Finding</span>')).toHaveLength(2);
    expect(text(page)).toContain("Received 901 Elsewhere 1 other answer 902 typed-0 Spec");
    const terminal = (report: FleetReport) => fleetTerminalReport(report, { color: false }).split("\n\n")[1];
    expect(terminal(fleet)?.split("\n").slice(0, 6)).toEqual([
      "Findings",
      "  call_park.get.recall_time.maximum (call_park.get.body)",
      "    targets     long-0, typed-0",
      "    documented  recall_time must be at most 900",
      "    received    901",
      "    elsewhere   902 (typed-0)",
    ]);
    // And what more than three findings say alike is told once, with how many more there are.
    const alike = { ...check, findings: [1, 2, 3, 4].map((at) => ({ ...finding, code: `code_${at}.maximum` })) };
    expect(terminal({ ...few, targets: [first, second].map((one) => ({ ...one, checks: [alike] })) })).toMatch(
      /^Findings\n {2}code_1\.maximum \(call_park\.get\.body\)\n {4}targets {5}long-0, typed-0\n(?: {4}.+\n)+ {4}alike {7}3 more, of the same check$/,
    );
  });

  test("counts a target once that has a finding more than once", () => {
    const [target] = few.targets.filter(({ name }) => name === "long-0");
    const [check] = target?.checks ?? [];
    if (!target || !check) throw new Error("The PBX was found well");
    const twice = { ...check, findings: [...check.findings, ...check.findings] };
    const report = { ...few, targets: [{ ...target, checks: [twice] }] };
    expect(fleetTerminalReport(report, { color: false })).toContain("    targets     long-0\n");
  });

  test("says of each target that was not restored what was there, and how to put it back", () => {
    const restore = {
      status: "failed" as const,
      before: { recall_time: 300 },
      now: { recall_time: 60 },
      command: "it",
    };
    const page = fleetHtmlReport({ ...few, targets: few.targets.map((target) => ({ ...target, restore })) });
    expect([...page.matchAll(/<h2 id="(not-restored-\d)">(.*?)<\/h2>/g)].map(([, id, title]) => [id, title])).toEqual([
      ["not-restored-1", "well-0 was not restored"],
      ["not-restored-2", "long-0 was not restored"],
      ["not-restored-3", "typed-0 was not restored"],
      ["not-restored-4", "gone was not restored"],
    ]);
    expect(page).toContain("<code>{\n  &quot;recall_time&quot;: 300\n}</code>");
  });
});
