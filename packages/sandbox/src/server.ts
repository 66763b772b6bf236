import { createServer, type Server, type ServerOptions, STATUS_CODES } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { Duplex } from "node:stream";
import { refused } from "./errors.ts";
import type { Front } from "./front.ts";
import { createBodyReader } from "./read-body.ts";
import { send } from "./render.ts";
import type { Identity } from "./tls/certificate.ts";

/** The limits of the sandbox itself, in milliseconds; the PBX documents none. */
const limits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
};
const idleTimeout = 120_000;
const mostConnections = 1_000;

/** Speaks HTTP, or HTTPS where there is an identity. */
export const createPbxServer = (front: Front, identity: Identity | undefined): Server => {
  const read = createBodyReader();
  const server = identity ? createSecureServer({ ...limits, ...identity }) : createServer(limits);
  server.maxConnections = mostConnections;
  server.timeout = idleTimeout;
  server.on("request", async (request, response) => {
    const { method = "", url: target = "", headers, socket } = request;
    const address = socket.remoteAddress ?? "";
    send(response, await front({ method, target, headers, address, body: () => read(request) }));
  });
  server.on("clientError", refuse);
  return server;
};

/** What ends a request before there is one, by Node's own code. */
const unreadable: Readonly<Record<string, [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long"],
  HPE_HEADER_OVERFLOW: [431, "The headers are too large"],
};

const refuse = ({ code = "" }: NodeJS.ErrnoException, socket: Duplex): void => {
  // What broke before there was HTTP, such as a handshake, has nobody to read an answer.
  if (!socket.writable || !/^(HPE|ERR_HTTP)_/.test(code)) {
    socket.destroy();
    return;
  }
  const [status, message] = unreadable[code] ?? [400, "This is not HTTP/1.1"];
  const body = JSON.stringify({ errors: refused(status, message).errors });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
};
