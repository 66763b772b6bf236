/** How a client is made. */
export interface ClientOptions {
  /**
   * The URL of the PBX, with or without the `/api` at its end.
   * @example "https://pbx.example.com:8887"
   */
  baseUrl: string;
  /**
   * The access token, or a function that gives the one to use now. Left out, only operations that need none work.
   * @example () => session.accessToken
   */
  token?: string | (() => string | Promise<string>);
  /**
   * Whether the client may change the PBX. Without it such a call throws ReadOnlyError and sends nothing.
   * @default false
   */
  write?: boolean;
  /**
   * What sends the requests: a transport of `@callpark/client/node`, or any `fetch`.
   * @default globalThis.fetch
   */
  transport?: Transport;
}

/** What sends requests: a fetch, and the Request class that it takes. */
export interface Transport {
  fetch: (request: Request) => Promise<Response>;
  /** @default globalThis.Request */
  Request?: typeof Request;
}
