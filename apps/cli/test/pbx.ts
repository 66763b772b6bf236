import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface Answer {
  status: number;
  type: string;
  body: Uint8Array;
  /** The further headers that the API has. */
  headers?: Record<string, string>;
}

export interface MeddlingProxy extends AsyncDisposable {
  url: string;
}

export interface Passing {
  method: string;
  path: string;
}

/** Stands in front of a PBX. What `meddle` answers goes back in place of the PBX's own answer. */
export const startProxy = async (
  origin: string,
  meddle: (request: Passing, pbx: () => Promise<Answer>) => Promise<Answer>,
  tls?: { key: string; cert: string },
  port = 0,
): Promise<MeddlingProxy> => {
  const listener: RequestListener = async (request, response) => {
    const sent = await buffer(request);
    const { method = "GET", url: path = "/", headers } = request;
    const kept = ["authorization", "content-type", "portsip-upload-token"].flatMap((name) =>
      headers[name] ? [[name, String(headers[name])]] : [],
    );
    const pbx = async (): Promise<Answer> => {
      const init = { method, headers: Object.fromEntries(kept), ...(method === "GET" ? {} : { body: sent }) };
      const answer = await fetch(new URL(path, origin), init);
      const type = answer.headers.get("content-type") ?? "";
      const own = [...answer.headers].filter(([name]) => name === "content-disposition" || name.startsWith("portsip-"));
      return { status: answer.status, type, body: await answer.bytes(), headers: Object.fromEntries(own) };
    };
    const { status, type, body, headers: own } = await meddle({ method, path }, pbx);
    response.writeHead(status, { ...own, ...(type !== "" && { "Content-Type": type }) }).end(body);
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

/** The call park settings of the token's tenant. */
export const readSettings = async (apiUrl: string, token: string): Promise<Record<string, unknown>> => {
  const response = await fetch(`${apiUrl}/call_park`, { headers: { Authorization: `Bearer ${token}` } });
  return (await response.json()) as Record<string, unknown>;
};
