/** What a check has to say, as plain data: reporters know nothing else. */
export interface Finding {
  /** Stable, for people and baselines: `call_park.get.recall_time.maximum`. */
  code: string;
  /** A finding breaks the contract; an observation is a lawful difference worth knowing. */
  kind: "finding" | "observation";
  /** The operation it is about: `GET /call_park`. */
  operation: string;
  /** What the documents say, as a sentence part: "an integer of at most 900". */
  documented: string;
  /** What the PBX did, as a sentence part: "1000". Secrets are masked. */
  received: string;
  /** Where the spec says so. */
  location?: SpecLocation;
  /** The request to send again, as a curl command with the token masked. */
  curl?: string;
  /** The same request as data: what `replay` looks for. */
  request?: FindingRequest;
  /** It is in the baseline, and not past its date: it does not fail the run. */
  known?: Known;
}

/** A request as a report keeps it: no token, no secret field, and no bytes that are not text. */
export interface FindingRequest {
  method: string;
  /** From the API's base URL, with the query: `/call_park`. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Who answers for a finding that is known, why it stays, and until when. */
export interface Known {
  owner: string;
  reason: string;
  /** The last day, as `2026-12-31`, in UTC. */
  until: string;
}

export interface SpecLocation {
  /** In the bundled document: `#/components/schemas/RecallTime/maximum`. */
  pointer: string;
  /** From the repository's root: `spec/components/schemas/RecallTime.yaml`. */
  file: string;
  /** From 1. */
  line: number;
}
