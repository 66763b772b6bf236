import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { certificate, key } from "./certificate.ts";

export interface TestServer extends AsyncDisposable {
  url: string;
  port: number;
  /** What came in, in order: method, path with query, headers, body. */
  requests: { method: string; path: string; headers: IncomingMessage["headers"]; body: string }[];
  /** Connections made so far. */
  connections: () => number;
}

/** A PBX that answers as the test says. */
export const serve = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: { tls?: boolean } = {},
): Promise<TestServer> => {
  const requests: TestServer["requests"] = [];
  let connections = 0;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      requests.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
      answer(request, response);
    });
  };
  const server = options.tls ? createTlsServer({ key, cert: certificate }, listener) : createServer(listener);
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
};
