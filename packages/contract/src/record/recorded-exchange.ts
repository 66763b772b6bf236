/** One request and its answer as a report keeps them: secrets masked, long bodies cut. */
export interface RecordedExchange {
  /** The check that it was for; undefined for what the run itself asks and puts back. */
  check?: string;
  /** RFC 3339, UTC. */
  startedAt: string;
  /** In milliseconds. */
  duration: number;
  method: string;
  url: string;
  headers: [name: string, value: string][];
  body?: RecordedBody;
  answer?: { status: number; headers: [name: string, value: string][]; body?: RecordedBody };
  /** Why no answer came. */
  error?: string;
}

export interface RecordedBody {
  /** As text, or as base64 where it is none. */
  text: string;
  encoding?: "base64";
  /** Of the whole body, in bytes: more than `text` holds, where it was cut. */
  size: number;
}
