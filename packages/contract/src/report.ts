import type { Finding } from "./finding.ts";

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
  /** Not restored: what was there, what is there now, and the request that puts it back by hand. */
  before?: unknown;
  now?: unknown;
  curl?: string;
  /** Not restored because somebody else changed the settings: what the run had left there. */
  ours?: unknown;
  /** Not restored: the command that finishes the job. */
  command?: string;
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
    /** What says so: the PBX's own status, the user's option, or the answers. */
    source: "status" | "option" | "inferred";
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
}

/** 0 conforms · 1 findings or crashed checks · 4 not restored · 130 interrupted. */
export const exitCodeOf = (report: Report): 0 | 1 | 4 | 130 => {
  if (report.restore.status === "failed") return 4;
  if (report.interrupted) return 130;
  return report.checks.some(({ status }) => status === "failed" || status === "error") ? 1 : 0;
};
