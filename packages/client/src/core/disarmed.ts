import { ConfigurationError } from "../errors/configuration-error.ts";
import type { Transport } from "../options.ts";

interface Process {
  env: Record<string, string | undefined>;
  emitWarning(text: string, options: { type: string; code: string }): void;
}

/** Browsers have none. Deno keeps to no such variable, and to read one it asks for permission. */
const here = (): Process | undefined =>
  "Deno" in globalThis ? undefined : (globalThis as { process?: Process }).process;

/** Does nothing in this process check certificates but what does so by itself? */
export const isDisarmed = (): boolean => here()?.env?.["NODE_TLS_REJECT_UNAUTHORIZED"] === "0";

export const warnDisarmed = (): void =>
  here()?.emitWarning(
    "NODE_TLS_REJECT_UNAUTHORIZED is 0: nothing in this process is sure whom it talks to. Unset it, and pin the PBX's " +
      "certificate instead; until then nothing is written",
    { type: "CallParkWarning", code: "CALLPARK_TLS_DISARMED" },
  );

/** @throws ConfigurationError where a request must not leave while certificates are not checked. */
export const allowDisarmed = (method: string, host: string): void => {
  if (method === "GET" || method === "HEAD" || !isDisarmed()) return;
  throw new ConfigurationError(
    `${method} is refused while NODE_TLS_REJECT_UNAUTHORIZED is 0 (host ${host}): unset it, and pin the PBX's ` +
      "certificate instead",
  );
};

let warned = false;

/** fetch, and only for reading where it would send a write to whoever answers. Warns once. */
export const waryFetch = ({ protocol, host }: URL): Transport => {
  if (protocol !== "https:") return globalThis;
  if (!warned && isDisarmed()) {
    warned = true;
    warnDisarmed();
  }
  return {
    fetch: async (url, init) => {
      allowDisarmed(init.method ?? "GET", host);
      return globalThis.fetch(url, init);
    },
  };
};
