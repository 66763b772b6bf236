import type { Finding } from "../finding.ts";
import type { Report } from "../report.ts";
import type { Outcome, Replayed } from "./outcome.ts";

/** What became of a report's findings, for programs. Version 1 of its form. */
export interface ReplayJson {
  schemaVersion: 1;
  kind: "replay";
  /** The report whose findings these are. */
  of: Pick<Report, "startedAt" | "target">;
  findings: (Pick<Finding, "code" | "documented"> &
    Pick<Outcome, "check" | "state" | "reason" | "answer"> & {
      /** As the report has it. */
      wasReceived: string;
      /** Now; where it fails still. */
      received?: string;
    })[];
  /** Findings of the same checks that the report did not have. */
  fresh: Finding[];
  /** The run that found it out; absent where there was nothing to look at. */
  run?: Pick<Report, "startedAt" | "duration" | "target" | "requests" | "restore" | "interrupted" | "notes">;
}

/** The JSON form of a replay; of a report without findings there was no run. */
export const replayJson = ({ startedAt, target }: Report, replayed?: Replayed): string => {
  const json: ReplayJson = {
    schemaVersion: 1,
    kind: "replay",
    of: { startedAt, target },
    findings: (replayed?.outcomes ?? []).map(({ check, finding, state, now, reason, answer }) => ({
      code: finding.code,
      check,
      state,
      documented: (now ?? finding).documented,
      wasReceived: finding.received,
      ...(now && { received: now.received }),
      ...(reason !== undefined && { reason }),
      ...(answer && { answer }),
    })),
    fresh: replayed?.fresh ?? [],
    ...(replayed && { run: runOf(replayed.run) }),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
};

const runOf = ({
  startedAt,
  duration,
  target,
  requests,
  restore,
  interrupted,
  notes,
}: Report): NonNullable<ReplayJson["run"]> => ({
  startedAt,
  duration,
  target,
  requests,
  restore,
  interrupted,
  notes,
});
