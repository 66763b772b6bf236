import { allowDisarmed, isDisarmed, warnDisarmed } from "../core/disarmed.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";

/** Holds a transport that does not check certificates to one host, and to reading. */
export interface Trust {
  insecure: boolean;
  /** @throws ConfigurationError where the request must not leave. */
  allow(method: string, address: URL): void;
}

const reads: ReadonlySet<string> = new Set(["GET", "HEAD"]);

export const createTrust = (insecure: boolean | string = false): Trust => {
  let only = typeof insecure === "string" ? originOf(insecure) : undefined;
  // This transport looks at certificates all the same, but much else in the process no longer does.
  if (isDisarmed()) warnDisarmed();
  let warned = false;
  return {
    insecure: insecure !== false,
    allow(method, address) {
      if (insecure !== false) {
        const { origin } = address;
        only ??= origin;
        if (origin !== only)
          throw new ConfigurationError(
            `insecure holds for ${only} alone, not for ${origin}: give each host a transport of its own`,
          );
        if (!reads.has(method))
          throw new ConfigurationError(
            `${method} is refused while the certificate of ${address.host} is not checked (insecure): only GET and HEAD ` +
              "are sent. Pin the certificate, or name the authority that signed it",
          );
        if (!warned) {
          warned = true;
          process.emitWarning(
            `The certificate of ${address.host} is not checked: whoever stands in between reads the token`,
            { type: "CallParkWarning", code: "CALLPARK_INSECURE" },
          );
        }
      }
      if (address.protocol === "https:") allowDisarmed(method, address.host);
    },
  };
};

const originOf = (text: string): string => {
  try {
    return new URL(text).origin;
  } catch {
    throw new ConfigurationError("insecure must be true or a host's URL, such as https://pbx.example.com:8887");
  }
};
