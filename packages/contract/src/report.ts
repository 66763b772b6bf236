import type { Finding, Known } from "./finding.ts";
import type { RecordedExchange } from "./record/recorded-exchange.ts";

export type CheckStatus = "passed" | "failed" | "skipped" | "error";
export type WriteLevel = "none" | "safe" | "full";
export type VersionLine = "22.0" | "22.2" | "22.6";

export interface CheckResult {
  /** Stable: what `--only` and `--list` name. */
  id: string;
  /** The promise, as a sentence: "GET /call_park answers with every documented field". */
  title: string;
  /** The operation it is about: `GET /call_park`. */
  operation: string;
  /** `error` is a check that crashed or could not be finished; it is never a pass. */
  status: CheckStatus;
  /** Why it was skipped, or what went wrong. */
  reason?: string;
  /** Findings and observations. */
  findings: Finding[];
  requests: number;
  /** In milliseconds. */
  duration: number;
}

export interface RestoreResult {
  /** `not-needed`: nothing was written. */
  status: "not-needed" | "restored" | "failed";
  /** What happened, for people. */
  detail?: string;
  /**
   * Not restored: what was there, what is there now, and the request that puts it back by hand. Not given where the
   * settings are back and something else is not as it was: `detail` says what.
   */
  before?: unknown;
  now?: unknown;
  curl?: string;
  /** Not restored because somebody else changed the settings: what the run had left there. */
  ours?: unknown;
  /** Not restored: the command that finishes the job. */
  command?: string;
}

/** With this, the command leaves the settings as they are, and is done with the run. */
export const keepCurrent = "--keep-current";

/** An entry of a baseline: a finding that is known. */
export interface BaselineEntry extends Known {
  /** The finding's code. */
  code: string;
  /** Only where the finding is about this operation: `GET /call_park`. */
  operation?: string;
  /** Only where what was received matches this regular expression. */
  received?: string;
  /** Where it stands in the file, from 1. */
  line: number;
}

/** What a baseline did to a report. */
export interface BaselineResult {
  file: string;
  /** Findings that are known, and fail nothing. */
  known: number;
  /** Entries past their date, whose findings fail again. */
  expired: BaselineEntry[];
  /** Entries that matched nothing: fixed, or not checked by this run. */
  stale: BaselineEntry[];
  /** In a run of some checks only, how many it was not to make: they might have found what is stale. */
  unchosen?: number;
}

/** The answer of a run. Version 1 of its JSON form. */
export interface Report {
  schemaVersion: 1;
  tool: { name: "callpark"; version: string };
  /** RFC 3339, UTC. */
  startedAt: string;
  /** In milliseconds. */
  duration: number;
  target: {
    /** The API's base URL. */
    url: string;
    /** True for the sandbox that the run started for itself. */
    embedded: boolean;
    tenant?: { id?: string; name: string };
  };
  pbxVersion: {
    line: VersionLine;
    /** What says so: the PBX's own status, the user's option, the answers, or nothing, where those do not tell. */
    source: "status" | "option" | "inferred" | "assumed";
    /** Why the run thinks so, for people. */
    reason: string;
  };
  write: WriteLevel;
  checks: CheckResult[];
  requests: number;
  restore: RestoreResult;
  interrupted: boolean;
  /** Things the user should know that are no check's business. */
  notes: string[];
  /** Where a baseline was applied. */
  baseline?: BaselineResult;
  /** Every request and its answer, where the run was to record them. Not part of the JSON form: HAR has them. */
  exchanges?: RecordedExchange[];
}

/** Why a check was not made in a run that writes less than it. */
export const writesMore = (level: Exclude<WriteLevel, "none">): string =>
  `It writes: run with write "${level}" (--write=${level}).`;

/** The checks that a run could make at its level. */
export const withinLevel = <Check extends Pick<CheckResult, "reason">>(checks: readonly Check[]): Check[] =>
  checks.filter(({ reason }) => reason !== writesMore("safe") && reason !== writesMore("full"));

/** A check fails the run unless all that it found is known. */
export const failsRun = ({ status, findings }: Pick<CheckResult, "status" | "findings">): boolean => {
  const found = findings.filter(({ kind }) => kind === "finding");
  return status === "error" || (status === "failed" && (found.length === 0 || found.some(({ known }) => !known)));
};

/** 0 conforms, or fails only as is known · 1 findings or crashed checks · 4 not restored · 130 interrupted. */
export const exitCodeOf = (report: Report): 0 | 1 | 4 | 130 => {
  if (report.restore.status === "failed") return 4;
  if (report.interrupted) return 130;
  return report.checks.some(failsRun) ? 1 : 0;
};
