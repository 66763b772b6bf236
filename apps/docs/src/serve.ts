import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { contentSecurityPolicy } from "./content-security-policy.ts";

/** The served page. `await using` closes it. */
export interface ServedDocs extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4012`. */
  readonly url: string;
  /** Stops serving and drops open connections. */
  close(): Promise<void>;
}

const built = new URL("../dist/index.html", import.meta.url);

/**
 * Serves the built page, and nothing else, at `/`.
 *
 * @param options.port 0 takes a free one.
 * @param options.host Default `127.0.0.1`.
 * @throws Error where the page is not built or the port is taken.
 */
export const serveDocs = async (options: { port: number; host?: string }): Promise<ServedDocs> => {
  const { port, host = "127.0.0.1" } = options;
  const page = await readFile(built).catch((cause: unknown) => {
    throw new Error("The docs are not built (apps/docs/dist/index.html is missing): run pnpm build first", { cause });
  });
  const server = createServer(answerWith(page));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === "EADDRINUSE" ? "it is taken: stop what listens there, or give another port" : cause.message;
      reject(new Error(`The docs cannot be served on port ${port} of ${host}: ${reason}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, close, [Symbol.asyncDispose]: close };
};

const answerWith =
  (page: Buffer): RequestListener =>
  ({ method, url = "/" }, response) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (method !== "GET" && method !== "HEAD") return response.writeHead(405, { Allow: "GET, HEAD" }).end();
    // Only names that are known are served: no path ever reaches the file system.
    if (!["/", "/index.html"].includes(url.replace(/[?#].*$/, ""))) return response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": page.length,
      "Content-Security-Policy": `${contentSecurityPolicy}; frame-ancestors 'none'`,
      "Cache-Control": "no-cache",
    });
    return response.end(method === "HEAD" ? undefined : page);
  };
