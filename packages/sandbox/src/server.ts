import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Answer } from "./context.ts";
import { encode } from "./encode.ts";
import { refused } from "./errors.ts";
import type { Front } from "./front.ts";

/** The limits of the sandbox itself; the PBX documents none. */
const limits = {
  /** Of a body, in bytes. */
  body: 16 * 1024 * 1024,
  /** In milliseconds. */
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 5_000,
};

/** What ends a request before there is one, by Node's own code. */
const unreadable: Readonly<Record<string, [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long"],
  HPE_HEADER_OVERFLOW: [431, "The headers are too large"],
};

export const createPbxServer = (front: Front): Server => {
  const { headersTimeout, requestTimeout, keepAliveTimeout } = limits;
  const server = createServer({ headersTimeout, requestTimeout, keepAliveTimeout }, async (request, response) => {
    const { method = "", url: target = "", headers, socket } = request;
    const address = socket.remoteAddress ?? "";
    send(response, await front({ method, target, headers, address, body: () => readAll(request) }));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return socket.destroy();
    const [status, message] = unreadable[error.code ?? ""] ?? [400, "This is not HTTP/1.1"];
    const body = JSON.stringify({ errors: refused(status, message).errors });
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
    ];
    return socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
  return server;
};

const readAll = (request: IncomingMessage): Promise<Buffer> => {
  const tooLarge = () => refused(413, `A body may have at most ${limits.body} bytes`);
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((accept, reject) => {
    if (Number(request.headers["content-length"] ?? 0) > limits.body) {
      reject(tooLarge());
      return;
    }
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.body) {
        // The rest is read and dropped, so that the sender gets to see the refusal.
        request.removeAllListeners("data").resume();
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    request.on("end", () => accept(Buffer.concat(chunks)));
    request.on("error", () => reject(refused(400, "The request was cut short")));
  });
};

const send = (response: ServerResponse, answer: Answer): void => {
  if (answer.deliver) {
    answer.deliver(response);
    return;
  }
  const { status, headers, body } = encode(answer);
  response.writeHead(status, headers).end(body);
};
