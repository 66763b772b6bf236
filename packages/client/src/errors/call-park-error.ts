/** What every error of this client is. `name` tells them apart, also across realms. */
export abstract class CallParkError extends Error {
  abstract override readonly name: string;
}
