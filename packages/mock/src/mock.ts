import { servedDocument } from "./document.ts";
import { MockError } from "./errors/mock-error.ts";
import { PortTakenError } from "./errors/port-taken-error.ts";
import { requireNodeForPrism } from "./node-version.ts";
import type { MockOptions } from "./options.ts";

/** A mock that runs. `await using` closes it. */
export interface Mock extends AsyncDisposable {
  /** Where it listens, without `/api`, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops it and drops open connections. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * Starts a stateless mock of a PBX: requests are checked against the spec, answers are the spec's examples.
 *
 * @example
 * await using mock = await startMock();
 * const pbx = createCallParkClient({ baseUrl: mock.url, token: "any" });
 * @throws NodeTooOldError on a Node that Prism does not run on.
 * @throws MockError where there is no such version.
 * @throws PortTakenError where something listens on the port.
 * @throws MockError where listening fails for another reason.
 */
export const startMock = async (options: MockOptions = {}): Promise<Mock> => {
  requireNodeForPrism();
  const { port = 0, host = "127.0.0.1", version, dynamic = false, errors = false, log } = options;
  // Only here, so that an older Node can import this package.
  const [{ createLogger }, { getHttpOperationsFromSpec }, { createServer }] = await Promise.all([
    import("@stoplight/prism-core"),
    import("@stoplight/prism-http"),
    import("@stoplight/prism-http-server"),
  ]);
  const logger = createLogger(
    "mock",
    { level: log ? "info" : "silent" },
    { write: (line: string) => log?.(inWords(line)) },
  );
  const server = createServer(await getHttpOperationsFromSpec(await servedDocument(version)), {
    cors: true,
    components: { logger },
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors,
      upstreamProxy: undefined,
      mock: { dynamic },
    },
  });
  const url = await server.listen(port, host).catch((reason: unknown) => {
    // Prism rejects with the text of the error alone.
    if (String(reason).includes("EADDRINUSE")) throw new PortTakenError(host, port, { cause: reason });
    throw new MockError(`The mock cannot listen on port ${port} of ${host}: ${String(reason)}`, { cause: reason });
  });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= server.close());
  return { url, close, [Symbol.asyncDispose]: close };
};

const inWords = (line: string): string => {
  const { level, msg, input } = JSON.parse(line) as {
    level: number;
    msg: string;
    input?: { method: string; url: { path: string } };
  };
  const about = input ? `${input.method.toUpperCase()} ${input.url.path}: ` : "";
  return `${level >= 50 ? "error" : level >= 40 ? "warning" : "info"} ${about}${msg}`;
};
