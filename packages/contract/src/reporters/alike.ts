import type { Finding } from "../finding.ts";
import type { CheckResult } from "../report.ts";
import { byOperation } from "./summary.ts";

/** Findings that say the same, each of its own request: an error in how a PBX refuses shows in every refusal. */
export interface Alike {
  /** The one that is told whole: it comes first in a report. */
  first: Finding;
  count: number;
  /** How many checks have them. */
  checks: number;
}

/** What is looked at of a check: whole results have more. */
type JudgedCheck = Pick<CheckResult, "operation" | "status" | "findings">;

/** So many are told one by one. */
const few = 3;

/** The findings of a run that many others are like. What is known is told by who answers for it. */
export const alikeIn = (checks: readonly JudgedCheck[]): ReadonlyMap<Finding, Alike> => {
  const groups = new Map<string, { finding: Finding; check: JudgedCheck }[]>();
  // What a check found that was then interrupted is not told.
  const ended = checks.filter(({ status }) => status !== "skipped");
  for (const check of [...byOperation(ended).values()].flat())
    for (const finding of check.findings) {
      if (finding.known) continue;
      const { code, kind, documented, received } = finding;
      const key = JSON.stringify([kind, code.split(".").at(-1), documented, received]);
      groups.set(key, [...(groups.get(key) ?? []), { finding, check }]);
    }
  const many = [...groups.values()].filter(({ length }) => length > few);
  return new Map(
    many.flatMap((group) => {
      const [{ finding: first }] = group as [(typeof group)[0]];
      const alike = { first, count: group.length, checks: new Set(group.map(({ check }) => check)).size };
      return group.map(({ finding }) => [finding, alike]);
    }),
  );
};

/** How many more there are, for people. */
export const moreOf = ({ count, checks }: Alike): string =>
  `${count - 1} more, ${checks === 1 ? "of the same check" : `in ${checks} checks`}`;

/** The findings of a check, without those that are like one that was told before; and how many are like which. */
export const toldOnce = (
  findings: readonly Finding[],
  alike: ReadonlyMap<Finding, Alike>,
): { told: Finding[]; like: Map<Finding, number> } => {
  const told: Finding[] = [];
  const like = new Map<Finding, number>();
  for (const finding of findings) {
    const { first } = alike.get(finding) ?? { first: finding };
    if (first === finding) told.push(finding);
    else like.set(first, (like.get(first) ?? 0) + 1);
  }
  return { told, like };
};
