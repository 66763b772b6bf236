import { type AddressInfo, createServer, type Socket } from "node:net";
import { createCallParkClient } from "@callpark/client";
import { createNodeTransport } from "@callpark/client/node";
import type { CallPark } from "@callpark/types";

export type Client = ReturnType<typeof createCallParkClient>;
export type Options = Parameters<typeof createCallParkClient>[0];
export type Transport = NonNullable<Options["transport"]>;

/** What sends the requests of a test that holds whichever does. */
export const transports: [string, Transport][] = [
  ["global fetch", globalThis],
  ["node transport", createNodeTransport()],
];

export const settings: CallPark = {
  enabled: true,
  extension_number: "666",
  recall_to: "USER_ONLY",
  recall_time: 300,
  recall_ring_group_time: 60,
  ring_group_id: null,
  prompt_file_name: null,
  prompt_file_size: null,
  prompt_file_url: null,
  send_notification_to_parker: true,
};

export interface RawRequest {
  method: string;
  /** With its query. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** Which request of the server this is, from 1. */
  turn: number;
  /** Which one of its connection, from 1. */
  ofConnection: number;
}

export interface RawServer extends AsyncDisposable {
  url: string;
  port: number;
  requests: RawRequest[];
  /** `GET /api/call_park`, in order. */
  seen: () => string[];
  connections: () => number;
}

/** A PBX spoken to over bare sockets, so that a test can answer byte by byte, or with none. */
export const serveRaw = async (
  answer: (socket: Socket, request: RawRequest) => void,
  { host = "127.0.0.1", port = 0 }: { host?: string; port?: number } = {},
): Promise<RawServer> => {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    let buffered = "";
    let ofConnection = 0;
    socket.on("data", (chunk) => {
      buffered += chunk;
      for (let read = readRequest(buffered); read !== undefined; read = readRequest(buffered)) {
        buffered = buffered.slice(read.length);
        ofConnection += 1;
        const request = { ...read.request, turn: requests.length + 1, ofConnection };
        requests.push(request);
        answer(socket, request);
      }
    });
    // A client that gives up is what many of these tests are about.
    socket.on("error", () => socket.destroy());
    socket.on("end", () => socket.end());
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(port, host, resolve);
  });
  const at = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${at}`,
    port: at,
    requests,
    seen: () => requests.map(({ method, path }) => `${method} ${path}`),
    connections: () => connections,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

const readRequest = (text: string) => {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const [method = "", path = ""] = first.split(" ");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const length = end + 4 + Number(headers["content-length"] ?? 0);
  if (text.length < length) return undefined;
  return { request: { method, path, headers, body: text.slice(end + 4, length) }, length };
};

/** The head of an answer. */
export const head = (status: number, headers: Record<string, string | number> = {}): string =>
  [`HTTP/1.1 ${status} X`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");

/** Answers whole. */
export const reply = (
  socket: Socket,
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string | number> = {},
): void => {
  socket.write(
    head(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), ...headers }),
  );
  socket.write(body);
};

export const replyJson = (socket: Socket, status: number, value: unknown, headers: Record<string, string> = {}): void =>
  reply(socket, status, JSON.stringify(value), headers);

type Set = (change: Partial<Record<keyof CallPark, unknown>>) => void;

/** What becomes of a write. `count` is which one it is, from 1. */
export type Fate = (socket: Socket, write: { apply: () => void; set: Set; count: number }) => void;

/**
 * A PBX that answers reads as it should and leaves what becomes of each write to the test.
 *
 * @param beforeRead may change the settings behind the client's back.
 */
export const servePbx = async (
  fate: Fate,
  beforeRead?: (set: Set) => void,
): Promise<RawServer & { now: () => CallPark; writes: () => number }> => {
  let now: CallPark = { ...settings };
  let count = 0;
  const set: Set = (change) => {
    now = { ...now, ...change } as CallPark;
  };
  const server = await serveRaw((socket, { method, body }) => {
    if (method === "GET") {
      beforeRead?.(set);
      return replyJson(socket, 200, now);
    }
    count += 1;
    fate(socket, { count, set, apply: () => set(JSON.parse(body)) });
  });
  return { ...server, now: () => now, writes: () => count };
};

/** A client that may write and has little patience. */
export const clientOf = (baseUrl: string, transport: Transport, options: Partial<Options> = {}): Client =>
  createCallParkClient({
    baseUrl,
    transport,
    token: "t0ken",
    write: true,
    timeout: { attempt: 2000, total: 10_000 },
    ...options,
  });

/** What a call is rejected with. */
export const failureOf = async (call: Promise<unknown>): Promise<unknown> => {
  const { value, error } = await call.then(
    (resolved) => ({ value: resolved, error: undefined }),
    (thrown: unknown) => ({ value: undefined, error: thrown }),
  );
  if (error === undefined) throw new Error(`It succeeded: ${JSON.stringify(value)}`);
  return error;
};

/** How long it takes, in milliseconds. */
export const timed = async <Value>(run: Promise<Value>): Promise<[Value, number]> => {
  const started = performance.now();
  const value = await run;
  return [value, performance.now() - started];
};
