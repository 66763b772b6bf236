import { createServer, type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Answer } from "./context.ts";
import { Refusal, refused } from "./errors.ts";
import type { PbxRequest } from "./pbx.ts";
import { answerOfRefusal, send } from "./render.ts";

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

type Log = (line: string) => void;

export const createPbxServer = (answer: (request: PbxRequest) => Promise<Answer>, log: Log | undefined): Server => {
  const { headersTimeout, requestTimeout, keepAliveTimeout } = limits;
  const server = createServer({ headersTimeout, requestTimeout, keepAliveTimeout }, async (request, response) => {
    const start = performance.now();
    const method = request.method ?? "";
    const target = request.url ?? "";
    const reply = await answered(answer, request, method, target, log);
    send(response, reply);
    // The query may hold secrets, and so may headers and bodies.
    log?.(`${method} ${target.split("?")[0]} ${reply.status} ${(performance.now() - start).toFixed(1)} ms`);
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

const answered = async (
  answer: (request: PbxRequest) => Promise<Answer>,
  request: IncomingMessage,
  method: string,
  target: string,
  log: Log | undefined,
): Promise<Answer> => {
  try {
    return await answer({ method, target, headers: request.headers, body: () => readAll(request) });
  } catch (error) {
    if (error instanceof Refusal) return answerOfRefusal(error);
    if (request.destroyed && !request.complete) return { status: 400 };
    log?.(`A bug of the sandbox: ${error instanceof Error ? error.stack : String(error)}`);
    return { status: 500, json: { errors: refused(500, "A bug of the sandbox: see its log").errors } };
  }
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
    request.on("error", reject);
  });
};
