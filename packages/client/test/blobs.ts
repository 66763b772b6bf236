import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the PBX does with a request: as it should, or as the test says. */
export type Fault = (request: IncomingMessage, response: ServerResponse, step: string) => boolean;

export interface Blobs extends AsyncDisposable {
  url: string;
  /** `start`, `append 0+262144 t1`, `status`, `complete t2`, `destroy`: in order, with the token that came along. */
  steps: string[];
  arrived: () => Buffer;
}

/** The file part of a PBX: an upload in parts, each answer with a new token. `fault` answers true where it took over. */
export const serveBlobs = async (
  fault: Fault = () => false,
  { longestPart = Number.POSITIVE_INFINITY }: { longestPart?: number } = {},
): Promise<Blobs> => {
  const steps: string[] = [];
  let content = Buffer.alloc(0);
  let tokens = 0;
  const progress = () => ({
    "PortSIP-Upload-ID": "u/1",
    "PortSIP-Upload-Token": `t${tokens}`,
    Range: `0-${Math.max(content.length - 1, 0)}`,
  });
  const refuse = (response: ServerResponse, status: number, message: string) =>
    response
      .writeHead(status, { "Content-Type": "application/json" })
      .end(JSON.stringify({ errors: [{ code: "VALIDATE_FAILED", message }] }));
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://pbx");
    const action = pathname === "/api/blobs/uploads" ? "start" : (pathname.split("/").pop() ?? "");
    const token = String(request.headers["portsip-upload-token"] ?? "");
    const at = content.length;
    const parts: Buffer[] = [];
    try {
      for await (const part of request) parts.push(part);
    } catch {
      // Cut by the client: what has arrived counts all the same.
    }
    const body = Buffer.concat(parts);
    const step = action === "append" ? `append ${at}+${body.length} ${token}` : `${action} ${token}`.trim();
    steps.push(step);
    if (body.length > longestPart) {
      refuse(response, 413, "part");
      return;
    }
    if (action === "append" && token === `t${tokens}`) {
      content = Buffer.concat([content, body]);
      tokens += 1;
    }
    if (fault(request, response, step)) return;
    if (action === "start") response.writeHead(202, progress()).end();
    else if (action === "append")
      if (token === `t${tokens - 1}`) response.writeHead(203, progress()).end();
      else refuse(response, 403, "token");
    else if (action === "status") response.writeHead(204, progress()).end();
    else if (action === "destroy") response.writeHead(204).end();
    else if (createHash("sha256").update(content).digest("hex") !== searchParams.get("digest"))
      refuse(response, 422, "digest");
    else response.writeHead(201, { "Content-Type": "application/json" }).end('{"id":"file"}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    steps,
    arrived: () => content,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
