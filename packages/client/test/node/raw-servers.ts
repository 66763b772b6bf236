import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Identity } from "./certificates.ts";

/** A listening server that is closed with all its connections. */
export interface Raw extends AsyncDisposable {
  port: number;
}

const listening = async (server: Server): Promise<Raw> => {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** Plain TCP, for answers that no HTTP server would give. */
export const serveRaw = (connected: (socket: Socket) => void): Promise<Raw> => listening(createServer(connected));

/** Answers a whole request with these bytes and ends the connection. */
export const answering =
  (answer: string | Buffer): ((socket: Socket) => void) =>
  (socket) => {
    socket.once("data", () => socket.end(answer));
  };

export interface TlsServer extends Raw {
  /** Everything that came in, decrypted. */
  received: () => string;
  /** Handshakes begun. */
  connections: () => number;
  /** Shows this from the next connection on. */
  show: (identity: Pick<Identity, "key" | "cert">) => void;
}

export const page = '{"count":0,"items":[]}';

/** Answers with an empty page over TLS. */
export const serveTls = async (identity: Pick<Identity, "key" | "cert">): Promise<TlsServer> => {
  let received = "";
  let connections = 0;
  const { key, cert } = identity;
  const server = createTlsServer({ key, cert }, (socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${page.length}\r\n\r\n${page}`);
    });
  });
  server.on("connection", () => {
    connections += 1;
  });
  server.on("tlsClientError", () => undefined);
  return Object.assign(await listening(server), {
    received: () => received,
    connections: () => connections,
    show: (next: Pick<Identity, "key" | "cert">) => server.setSecureContext({ key: next.key, cert: next.cert }),
  });
};

/** A promise that is kept when the test says so. */
export const gate = (): { passed: Promise<void>; open: () => void } => {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
};
