import { signIn } from "./accounts.ts";
import { controlPath } from "./control/api.ts";
import { createFetch } from "./fetch.ts";
import { createFront } from "./front.ts";
import { basePath, loadLine } from "./lines.ts";
import { createMachine } from "./machine.ts";
import type { Sandbox, SandboxOptions } from "./options.ts";
import { listenFor, nowhere } from "./place.ts";
import { settle } from "./settings.ts";
import { stateOf } from "./state.ts";

/**
 * Starts a PBX for call park on this machine.
 *
 * @throws SandboxPortError where it cannot listen there, such as on a port that is taken.
 * @throws SandboxDataError where the data file cannot be used.
 * @throws SandboxNodeError where this Node is too old.
 * @throws SandboxSeedError where a seed breaks rules of the PBX.
 * @throws TypeError for an option that there is not.
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
  const line = await loadLine(settings.version);
  const machine = await createMachine(line, settings);
  const place = await (settings.listen ? listenFor(machine, settings) : nowhere()).catch((error: unknown) => {
    machine.store.close();
    throw error;
  });

  const { store, directory, controls } = machine;
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= place.stop().then(() => {
      // Who was there is told after the end too.
      directory.read();
      store.close();
    });
    return closing;
  };
  return {
    url: place.url,
    apiUrl: `${place.url}${basePath(line)}`,
    port: place.port,
    version: settings.version,
    certificate: place.certificate,
    controls,
    control:
      machine.controlToken === undefined
        ? undefined
        : { url: `${place.url}${controlPath}`, token: machine.controlToken },
    get accounts() {
      return directory.read().accounts;
    },
    get tenants() {
      return directory.read().tenants;
    },
    fetch: createFetch(createFront(machine.answering, machine.notes), place.url),
    state: () => stateOf(store),
    signIn: async (account) => signIn(store, account),
    close,
    [Symbol.asyncDispose]: close,
  };
};
