import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer on its way from the PBX. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Forwarded {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Faults {
  /** Changes the request before the PBX sees it, or answers itself. */
  request?: undefined | ((request: Forwarded) => Answer | undefined | Promise<Answer | undefined>);
  /** Changes the answer before the run sees it. */
  answer?: undefined | ((answer: Answer, request: Forwarded) => void | Promise<void>);
  /** Sends the answer in a way of its own. */
  deliver?: undefined | ((answer: Answer, request: Forwarded, outgoing: ServerResponse) => void);
}

export interface FaultyPbx extends AsyncDisposable {
  url: string;
  requests: Forwarded[];
}

const listen = async (listener: RequestListener): Promise<{ url: string; close: () => Promise<void> }> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** A PBX that breaks its contract: the one behind it, with faults. */
export const startProxy = async (target: string, faults: Faults): Promise<FaultyPbx> => {
  const requests: Forwarded[] = [];
  const { url, close } = await listen(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request: Forwarded = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: Buffer.concat(chunks),
    };
    requests.push(request);
    try {
      const answer = (await faults.request?.(request)) ?? (await forward(target, request));
      await faults.answer?.(answer, request);
      if (faults.deliver) faults.deliver(answer, request, outgoing);
      else outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    } catch {
      outgoing.destroy();
    }
  });
  return { url, requests, [Symbol.asyncDispose]: close };
};

const forward = async (target: string, { method, path, headers, body }: Forwarded): Promise<Answer> => {
  const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, ...kept } = headers;
  const response = await fetch(`${target}${path}`, {
    method,
    headers: kept as Record<string, string>,
    redirect: "manual",
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const { "content-length": _____, ...answered } = Object.fromEntries(response.headers);
  return { status: response.status, headers: answered, body: Buffer.from(await response.arrayBuffer()) };
};

/** Changes the JSON of an answer. */
export const edit = (answer: Answer, change: (body: Record<string, unknown>) => void): void => {
  const body = JSON.parse(answer.body.toString());
  change(body);
  answer.body = Buffer.from(JSON.stringify(body));
};

export const isCallPark = ({ method, path }: Forwarded, wanted: string): boolean =>
  method === wanted && path === "/api/call_park";
