import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SandboxPortError } from "./errors.ts";

/**
 * Answers with the port.
 *
 * @throws SandboxPortError
 */
export const listen = async (server: Server, host: string, port: number): Promise<number> => {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new SandboxPortError(host, port, error as NodeJS.ErrnoException);
  }
  return (server.address() as AddressInfo).port;
};

export const originOf = (host: string, port: number, secure: boolean): string =>
  `${secure ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;

/** Returns when nothing is left of it. */
export const stop = async (server: Server): Promise<void> => {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
};
