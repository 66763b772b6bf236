import { annotation } from "../../reporters/github.ts";
import { workflowCommand as command } from "../../reporters/workflow-command.ts";
import type { FleetReport, TargetResult } from "../report.ts";
import { fleetBaselineLines } from "./baseline.ts";
import { sharedFindings } from "./findings.ts";
import { namesOf } from "./names.ts";
import { verdictOfFleet } from "./verdict.ts";

/** What is wrong as workflow commands, which GitHub Actions shows: what many targets have alike, once. */
export const fleetGithubAnnotations = (report: FleetReport): string => {
  const lines = [
    ...report.targets.flatMap(ofTarget),
    ...sharedFindings(report).map(({ finding, targets }) => annotation(finding, [namesOf(targets)])),
    ...fleetBaselineLines(report).map((line) => command("warning", { title: "Baseline" }, [line])),
    ...(report.missingShards.length > 0
      ? [command("error", { title: "Shards" }, [verdictOfFleet(report).sentence])]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

const ofTarget = ({ name, error, restore, interrupted, checks }: TargetResult): string[] => [
  ...(restore.status === "failed"
    ? [command("error", { title: `NOT RESTORED: ${name}` }, [restore.detail ?? ""])]
    : []),
  ...(error === undefined ? [] : [command("error", { title: name }, [error])]),
  ...(interrupted ? [command("error", { title: name }, ["It was interrupted."])] : []),
  ...checks.flatMap(({ id, status, reason }) =>
    status === "error" ? [command("error", { title: `${name}: ${id}` }, [reason ?? ""])] : [],
  ),
];
