/** What every named call takes. */
export interface CallOptions {
  /**
   * Ends the call, also while it waits: it rejects with the signal's reason.
   * @default nothing ends it
   * @example AbortSignal.timeout(5000)
   */
  signal?: AbortSignal;
}
