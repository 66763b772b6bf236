/** How the smallest client is made. */
export interface CoreOptions {
  /**
   * The URL of the PBX, with or without the `/api` at its end.
   * @example "https://pbx.example.com:8887"
   */
  baseUrl: string;
  /**
   * The access token, a function that gives the one to use now, or a session that also refreshes it.
   * @default no token, so that only operations that need none work
   * @example () => process.env.CALLPARK_TOKEN ?? ""
   */
  token?: string | (() => string | Promise<string>) | Session;
  /**
   * Whether the client may change the PBX. Without it such a call throws ReadOnlyError and sends nothing.
   * @default false
   * @example true
   */
  write?: boolean;
  /**
   * How often a read is tried at most. Writes are sent again only where that is safe, and then once.
   * @default 3
   * @example 1
   */
  retry?: number;
  /**
   * How long to wait, in milliseconds.
   * @default { attempt: 15_000, total: 60_000 }
   * @example { attempt: 2000, total: 10_000 }
   */
  timeout?: {
    /** For one attempt. */
    attempt?: number;
    /** For all attempts and the waits between them. */
    total?: number;
  };
  /**
   * Ends every call of this client, also while it waits. Each call takes a `signal` of its own as well.
   * @default nothing ends them
   * @example AbortSignal.timeout(300_000)
   */
  signal?: AbortSignal;
  /**
   * Looks at each answer of 2XX before the caller gets it, and may throw. `createCallParkClient` has `validate` for the
   * schemas of the spec; this is for a client that wants one of them alone, or rules of its own.
   * @default nobody looks
   * @example ({ operation, value }) => {
   *   if (operation === "GET /call_park" && !isCallPark(value)) throw new InvalidAnswerError(operation);
   * }
   */
  inspect?: (answer: { operation: string; value: unknown }) => void | Promise<void>;
  /**
   * What sends the requests: a transport of `@callpark/client/node`, or anything with a `fetch`.
   * @default globalThis
   * @example { fetch: async () => Response.json({ recall_time: 300 }) }
   */
  transport?: Transport;
}

/** How a client is made. */
export interface ClientOptions extends CoreOptions {
  /**
   * Requests a minute for the PBX's host, shared by every client in the process that names the host. The PBX's own
   * default limit is 5,000 for each IP address.
   * @default requests are held back only while the PBX asks for it (429)
   * @example 3000
   */
  budget?: number;
  /**
   * Called before each request leaves, for logs and traces. It is shown no header, no query and no body. What it throws
   * ends the call as it is, and nothing is sent. It is not waited for.
   * @default nobody is told
   * @example ({ operation, attempt }) => console.log(`${operation}, attempt ${attempt}`)
   */
  onRequest?: (event: RequestEvent) => void;
  /**
   * Called after each answer, or its failure to come. Secrets are masked. What it throws ends the call as it is, and
   * nothing is sent again. It is not waited for.
   * @default nobody is told
   * @example ({ status, error, duration }) => console.log(status ?? error?.message, `${Math.round(duration)} ms`)
   */
  onResponse?: (event: ResponseEvent) => void;
}

/** What sends requests. It must not follow redirects: `init.redirect` says so. */
export interface Transport {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** A token that can be renewed. */
export interface Session {
  /** The access token to use now. */
  token(): string | Promise<string>;
  /**
   * A token that is newer than the one given, which the PBX no longer takes. Several calls at once must lead to one
   * refresh. Undefined where it cannot be renewed.
   */
  renew(stale: string): Promise<string | undefined>;
}

/** A request about to leave. */
export interface RequestEvent {
  /** `GET /call_park`, with the path as the spec writes it. */
  operation: string;
  /** Without its query. */
  url: string;
  /** From 1. */
  attempt: number;
}

/** What came of a request. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status; absent where no answer came. */
  status?: number;
  /** Why no answer came. */
  error?: Error;
  /** In milliseconds. */
  duration: number;
}
