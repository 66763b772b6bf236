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
}

export interface SpecLocation {
  /** In the bundled document: `#/components/schemas/RecallTime/maximum`. */
  pointer: string;
  /** From the repository's root: `spec/components/schemas/RecallTime.yaml`. */
  file: string;
  /** From 1. */
  line: number;
}
