import type { Finding } from "../../finding.ts";
import type { FleetReport } from "../report.ts";

/** One thing that is wrong, and the targets where it is. */
export interface SharedFinding {
  check: string;
  finding: Finding;
  targets: string[];
}

/** Findings that many targets have alike are said once, with the first one's command. */
export const sharedFindings = ({ targets }: FleetReport): SharedFinding[] => {
  const shared = new Map<string, SharedFinding>();
  for (const target of targets)
    for (const { id, findings } of target.checks)
      for (const finding of findings) {
        if (finding.kind !== "finding" || finding.known) continue;
        const key = JSON.stringify([id, finding.code, finding.documented, finding.received]);
        const known = shared.get(key);
        if (known === undefined) shared.set(key, { check: id, finding, targets: [target.name] });
        // A target may have it more than once, each of its own request.
        else if (known.targets.at(-1) !== target.name) known.targets.push(target.name);
      }
  return [...shared.values()];
};
