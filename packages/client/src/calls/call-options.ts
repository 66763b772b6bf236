/** What every named call takes. */
export interface CallOptions {
  /** Ends the call, also while it waits. */
  signal?: AbortSignal;
}
