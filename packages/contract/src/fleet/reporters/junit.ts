import { knownWords } from "../../reporters/known.ts";
import { restoredWords, stateOf } from "../../reporters/summary.ts";
import { element, xmlText } from "../../reporters/xml.ts";
import type { FleetCheck, FleetReport, TargetResult } from "../report.ts";
import { verdictOfFleet } from "./verdict.ts";

interface Case {
  name: string;
  classname: string;
  outcome: string[];
}

/** A fleet's report as JUnit XML: a suite for each target, with the run itself as one of its cases. */
export const fleetJunitReport = (report: FleetReport): string => {
  const titles = new Map(report.checks.map(({ id, title }) => [id, title]));
  const suites = [
    ...report.targets.map((target) =>
      suite(target, [ran(target), ...target.checks.map((check) => caseOf(check, titles))]),
    ),
    ...report.missingShards.map(({ index, count }) => {
      const name = `shard ${index}/${count}`;
      const outcome = [problem("error", "missing", verdictOfFleet(report).sentence)];
      return suite({ name, startedAt: report.startedAt, duration: 0 }, [
        { name: "Its report is there", classname: "run.merged", outcome },
      ]);
    }),
  ];
  const attributes = { name: "callpark verify", time: seconds(report.duration) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, ["\n", ...suites])}\n`;
};

const suite = (
  { name, startedAt, duration }: Pick<TargetResult, "name" | "startedAt" | "duration">,
  cases: Case[],
): string => {
  const many = (tag: string): number => cases.filter(({ outcome }) => outcome[0]?.startsWith(`<${tag}`)).length;
  const attributes = {
    name,
    tests: cases.length,
    failures: many("failure"),
    errors: many("error"),
    skipped: many("skipped"),
    time: seconds(duration),
    timestamp: startedAt,
  };
  const elements = cases.map(
    ({ name, classname, outcome }) => `${element("testcase", { name, classname }, outcome)}\n`,
  );
  return `${element("testsuite", attributes, ["\n", ...elements])}\n`;
};

/** A target that was not reached, stopped early or was not restored must not look green to CI. */
const ran = (target: TargetResult): Case => {
  const { error, restore, interrupted } = target;
  const base = { name: "The run is finished, and the PBX has its own settings", classname: "run.finished" };
  if (restore.status === "failed")
    return { ...base, outcome: [problem("failure", restoredWords(target), restore.detail ?? "")] };
  if (error !== undefined) return { ...base, outcome: [problem("error", error, error)] };
  return { ...base, outcome: interrupted ? [problem("error", "interrupted", "The run was interrupted.")] : [] };
};

const caseOf = (check: FleetCheck, titles: Map<string, string>): Case => {
  const { id, status, reason, findings } = check;
  const base = { name: titles.get(id) ?? id, classname: id };
  const wrong = findings.filter(({ kind }) => kind === "finding");
  const message = reason ?? wrong.map(({ code }) => code).join(", ");
  const text = [
    ...(reason === undefined ? [] : [reason]),
    ...wrong.map(({ code, documented, received, curl }) =>
      [code, `documented: ${documented}`, `received: ${received}`, ...(curl ? [curl] : [])].join("\n"),
    ),
  ].join("\n\n");
  if (status === "passed") return { ...base, outcome: [] };
  if (stateOf(check) === "known") {
    const words = wrong.flatMap(({ code, known }) => (known ? [`${code}: ${knownWords(known)}`] : []));
    return { ...base, outcome: [element("skipped", { message: words.join("\n") })] };
  }
  if (status === "skipped") return { ...base, outcome: [element("skipped", { message })] };
  return { ...base, outcome: [problem(status === "failed" ? "failure" : "error", message, text)] };
};

const problem = (tag: "failure" | "error", message: string, text: string): string =>
  element(tag, { message }, [xmlText(text)]);

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
