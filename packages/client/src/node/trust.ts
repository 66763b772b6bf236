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
  const disarmed = process.env.NODE_TLS_REJECT_UNAUTHORIZED === "0";
  if (disarmed)
    process.emitWarning(
      "NODE_TLS_REJECT_UNAUTHORIZED is 0: nothing in this process is sure whom it talks to. Unset it, and pin the " +
        "PBX's certificate instead; until then nothing is written",
      { type: "CallParkWarning", code: "CALLPARK_TLS_DISARMED" },
    );
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
      if (disarmed && !reads.has(method) && address.protocol === "https:")
        throw new ConfigurationError(
          `${method} is refused while NODE_TLS_REJECT_UNAUTHORIZED is 0 (host ${address.host}): unset it, and pin the ` +
            "PBX's certificate instead",
        );
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
