import { createFront } from "./front.ts";
import { listen, originOf, stop } from "./listen.ts";
import type { Machine } from "./machine.ts";
import { withCors, withDoors } from "./network.ts";
import type { Sandbox } from "./options.ts";
import { createPbxServer } from "./server.ts";
import type { Settings } from "./settings.ts";
import { fingerprintOf, identityFor } from "./tls/identity.ts";

/** Where a PBX can be reached. */
interface Place extends Pick<Sandbox, "url" | "port" | "certificate"> {
  stop(): Promise<void>;
}

/** No name ends so, and nothing else is asked by mistake. */
export const nowhere = async (): Promise<Place> => ({
  url: "http://sandbox.invalid",
  port: 0,
  certificate: undefined,
  stop: async () => undefined,
});

/** @throws SandboxPortError where the port is taken. */
export const listenFor = async ({ answering, notes, store }: Machine, settings: Settings): Promise<Place> => {
  const { host, port, allowHosts, cors, tls } = settings;
  const identity = tls === true ? identityFor(store, host, allowHosts) : tls || undefined;
  const secure = identity !== undefined;
  const hosts = [host, ...allowHosts].map((name) => name.toLowerCase());
  const front = createFront(withDoors(answering, { hosts, origins: cors, secure }), notes);
  const server = createPbxServer(withCors(front, cors), identity);
  const bound = await listen(server, host, port);
  return {
    url: originOf(host, bound, secure),
    port: bound,
    certificate: identity && { pem: identity.cert, fingerprint: fingerprintOf(identity.cert) },
    stop: () => stop(server),
  };
};
