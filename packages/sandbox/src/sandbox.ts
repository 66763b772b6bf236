import { openDirectory, signIn } from "./accounts.ts";
import type { Answering } from "./behaviours/behaviour.ts";
import { withBehaviours } from "./behaviours/index.ts";
import { createClock } from "./clock.ts";
import { createFetch } from "./fetch.ts";
import { createFront } from "./front.ts";
import { withLatency } from "./latency.ts";
import { loadLine } from "./lines.ts";
import { listen, originOf, stop } from "./listen.ts";
import { withCors, withDoors } from "./network.ts";
import type { Sandbox, SandboxOptions } from "./options.ts";
import { createPbx } from "./pbx.ts";
import { withRateLimit } from "./rate-limit.ts";
import { basePath } from "./router.ts";
import { fill } from "./seed/fill.ts";
import { createPbxServer } from "./server.ts";
import { type Settings, settle } from "./settings.ts";
import { openStore, type Store } from "./store/index.ts";
import { fingerprintOf, identityFor } from "./tls/identity.ts";

/**
 * Starts a PBX for call park on this machine.
 *
 * @throws SandboxPortError where the port is taken.
 * @throws SandboxDataError where the data file cannot be used.
 * @throws SandboxNodeError where this Node is too old.
 * @throws RangeError where an option has a value that it cannot have.
 *
 * @example
 * ```ts
 * await using pbx = await startSandbox();
 * const { accessToken } = await pbx.signIn();
 * const response = await fetch(`${pbx.apiUrl}/call_park`, { headers: { Authorization: `Bearer ${accessToken}` } });
 * ```
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const settings = settle(options);
  const { version, dataFile, tokenLifetime, semantics, faults, variants, seed } = settings;
  const line = await loadLine(version);
  const clock = createClock(settings.now);
  const store = openStore({ file: dataFile ?? ":memory:", tokenLifetime, now: clock.now });
  const listening = await orClose(store, async () => {
    const pbx = { line, store, semantics };
    const limited = withRateLimit(createPbx(pbx), line, settings.rateLimit, clock.now);
    const behaving = withBehaviours(limited, pbx, { faults, variants });
    const answering = settings.latency ? withLatency(behaving, settings.latency) : behaving;
    if (store.isEmpty()) store.transaction(() => fill(store, line, seed));
    const place = settings.listen ? await listenFor(answering, store, settings) : nowhere;
    return { ...place, front: createFront(answering, settings.log) };
  });

  const { front, url, port, certificate, stop } = listening;
  const directory = openDirectory(store);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= stop().then(() => {
      // Who was there is told after the end too.
      directory.read();
      store.close();
    });
    return closing;
  };
  return {
    url,
    apiUrl: `${url}${basePath(line)}`,
    port,
    version,
    certificate,
    get accounts() {
      return directory.read().accounts;
    },
    get tenants() {
      return directory.read().tenants;
    },
    fetch: createFetch(front, url),
    signIn: async (account) => signIn(store, account),
    close,
    [Symbol.asyncDispose]: close,
  };
};

const orClose = async <Result>(store: Store, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    store.close();
    throw error;
  }
};

/** No name ends in this, so that nothing else is asked by mistake. */
const nowhere = { url: "http://sandbox.invalid", port: 0, certificate: undefined, stop: async () => undefined };

const listenFor = async (answering: Answering, store: Store, settings: Settings) => {
  const { host, port, allowHosts, cors, log } = settings;
  const identity = settings.tls === true ? identityFor(store, host, allowHosts) : settings.tls || undefined;
  const secure = identity !== undefined;
  const hosts = [host, ...allowHosts].map((name) => name.toLowerCase());
  const front = createFront(withDoors(answering, { hosts, origins: cors, secure }), log);
  const server = createPbxServer(withCors(front, cors), identity);
  const bound = await listen(server, host, port);
  return {
    url: originOf(host, bound, secure),
    port: bound,
    certificate: identity && { pem: identity.cert, fingerprint: fingerprintOf(identity.cert) },
    stop: () => stop(server),
  };
};
