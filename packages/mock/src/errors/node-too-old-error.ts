import { MockError } from "./mock-error.ts";

/** Prism, which the mock is made with, does not run on this Node. */
export class NodeTooOldError extends MockError {
  override name = "NodeTooOldError";
  /** What Prism needs, as its package.json says: `>=24.18.0`. */
  readonly needed: string;
  /** The Node that runs: `22.19.0`. */
  readonly running: string;

  constructor(needed: string, running: string) {
    super(`The mock needs Node ${needed} because of Prism, and this is Node ${running}: run it with a newer Node`);
    this.needed = needed;
    this.running = running;
  }
}
