import type { Context } from "./context.ts";
import type { Finding } from "./finding.ts";

/** One promise of the contract, and how to find out whether it is kept. */
export interface Check {
  /** Stable, in parts: `call_park.get.body`. */
  id: string;
  /** The promise, as a sentence. */
  title: string;
  /** The operation it is about: `GET /call_park`. The check runs where the PBX's version has it. */
  operation: string;
  /** What it sends: reads only, safe writes (the times), or writes to every field. */
  level: "read" | "safe" | "full";
  /**
   * Needs nothing to be as it was before the run, and every write of it carries all settings: what it leaves changed, the
   * next such check takes back, and nothing is undone between the two.
   */
  chained?: boolean;
  /** Made when everything has been put back: it is about the run's every answer. */
  last?: boolean;
  /** @throws Skip where the PBX gives nothing to check. */
  run: (context: Context) => Promise<Finding[]>;
}

/** The check cannot be made here, and that is nobody's fault. */
export class Skip extends Error {
  override readonly name = "Skip";
}
