import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { VersionLine } from "@callpark/sandbox";

/** A request and what Prism says of its answer. */
export interface Ruling {
  method: string;
  path: string;
  status: number;
  /** What it finds wrong with the answer. */
  violations: unknown[];
  /** False where Prism never asked the PBX, and says nothing of its answer: it answers some requests by itself. */
  refereed: boolean;
  body: string;
}

export interface Referee extends AsyncDisposable {
  /** Stands before the PBX. */
  url: string;
  rulings: Ruling[];
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

const require = createRequire(import.meta.url);
const prism = join(dirname(require.resolve("@stoplight/prism-cli/package.json")), "dist", "index.js");

/** By which the relay behind Prism knows which request it is. */
const ticketHeader = "x-referee-ticket";

/**
 * Puts Prism's validating proxy before a PBX. Prism reads bodies as text, which spoils sound, so it is sent in with a
 * ticket: a relay behind it asks the PBX with the true request, and the true answer goes back whatever Prism makes of it.
 */
export const startReferee = async (pbx: string, version: VersionLine): Promise<Referee> => {
  const rulings: Ruling[] = [];
  const waiting = new Map<string, Sent>();
  const answers = new Map<string, Answer>();
  const relay = await serve(async (request, response) => {
    const ticket = String(request.headers[ticketHeader]);
    await buffer(request);
    const sent = waiting.get(ticket);
    if (!sent) throw new Error(`Nothing was sent with the ticket ${ticket}`);
    const answer = await ask(pbx, sent);
    answers.set(ticket, answer);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  let tickets = 0;
  const proxy = await startPrism(version, relay.url);
  const front = await serve(async (request, response) => {
    const sent = await read(request);
    tickets += 1;
    const ticket = String(tickets);
    waiting.set(ticket, sent);
    const asked = {
      ...sent,
      path: sent.path.replace(/^\/api/, ""),
      headers: { ...sent.headers, [ticketHeader]: ticket },
    };
    // Prism waits for ever on JSON that it cannot read.
    const prismSays = isMalformed(sent) ? undefined : await ask(proxy.url, asked);
    waiting.delete(ticket);
    const refereed = answers.get(ticket);
    const answer = refereed ?? (await ask(pbx, sent));
    rulings.push({
      method: sent.method,
      path: sent.path.split("?")[0] ?? "",
      status: answer.status,
      violations: refereed ? ofAnswer(prismSays?.headers["sl-violations"]) : [],
      refereed: refereed !== undefined,
      body: sent.body.toString("latin1"),
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  return {
    url: front.url,
    rulings,
    [Symbol.asyncDispose]: async () => {
      await front.close();
      await proxy.stop();
      await relay.close();
    },
  };
};

const isMalformed = ({ headers, body }: Sent): boolean => {
  if (!headers["content-type"]?.includes("json") || body.length === 0) return false;
  try {
    JSON.parse(body.toString());
    return false;
  } catch {
    return true;
  }
};

/** Requests are often meant to be bad: what it finds wrong with them is none of ours. */
const ofAnswer = (header: string | undefined): unknown[] =>
  header === undefined
    ? []
    : (JSON.parse(header) as { location: string[] }[]).filter(({ location }) => location[0] === "response");

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

const read = async (request: IncomingMessage): Promise<Sent> => {
  const { host: _, connection: __, "transfer-encoding": ___, "content-length": ____, ...headers } = request.headers;
  const { method = "", url: path = "" } = request;
  return { method, path, headers: headers as Record<string, string>, body: await buffer(request) };
};

const ask = async (origin: string, { method, path, headers, body }: Sent): Promise<Answer> => {
  const response = await fetch(origin + path, {
    method,
    headers,
    redirect: "manual",
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const {
    "transfer-encoding": _,
    connection: __,
    "keep-alive": ___,
    ...answered
  } = Object.fromEntries(response.headers);
  return { status: response.status, headers: answered, body: Buffer.from(await response.arrayBuffer()) };
};

const serve = async (listener: (...args: Parameters<RequestListener>) => Promise<void>) => {
  const server: Server = createServer((request, response) => {
    listener(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

/** Prism takes no port 0. */
const freePort = async (): Promise<number> => {
  const { url, close } = await serve(async () => undefined);
  await close();
  return Number(new URL(url).port);
};

/** Until Prism has it, a port that was free may be somebody else's: then another one is tried. */
const startPrism = async (
  version: VersionLine,
  upstream: string,
  attempts = 5,
): Promise<{ url: string; stop: () => Promise<void> }> => {
  const port = await freePort();
  const document = fileURLToPath(import.meta.resolve(`@callpark/spec/openapi-${version}.yaml`));
  const child = spawn(
    process.execPath,
    [prism, "proxy", document, upstream, "--host", "127.0.0.1", "--port", String(port)],
    {
      env: { ...process.env, SCARF_ANALYTICS: "false" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const exited = once(child, "exit");
  let listens = false;
  for await (const line of createInterface(child.stdout)) {
    listens = line.includes("listening");
    if (listens) break;
  }
  if (!listens) {
    const [code] = await exited;
    if (attempts === 1) throw new Error(`Prism ended with ${code} and never listened on port ${port}`);
    return startPrism(version, upstream, attempts - 1);
  }
  child.stdout.resume();
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
};
