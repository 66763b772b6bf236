/** One request, without secrets: its query, its body and its token are not kept. */
export interface LoggedRequest {
  /** RFC 3339, by the clock of the PBX. */
  time: string;
  method: string;
  path: string;
  status: number;
  /** How long the answer took, in milliseconds. */
  milliseconds: number;
  /** The scheme alone, such as `Bearer ***`. Null where there was no Authorization. */
  authorization: string | null;
}

/** The same, with its time in milliseconds since 1970. */
export type NotedRequest = Omit<LoggedRequest, "time"> & { at: number };

export interface RequestLog {
  add(request: NotedRequest): void;
  /** Oldest first. */
  list(): LoggedRequest[];
}

/** The last ones are kept. */
const kept = 1000;

export const createRequestLog = (): RequestLog => {
  let requests: NotedRequest[] = [];
  return {
    add: (request) => {
      requests.push(request);
      // Not at each request, since the front of a long list is slow to take off.
      if (requests.length >= 2 * kept) requests = requests.slice(-kept);
    },
    list: () => requests.slice(-kept).map(({ at, ...rest }) => ({ time: new Date(at).toISOString(), ...rest })),
  };
};
