const ADDRESS = "Check the URL, its port and the network.";

// The reasons of Node and undici, which are no sentences for a user.
const HINTS: Record<string, string> = {
  ENOTFOUND: "There is no host of that name: check the URL.",
  ECONNREFUSED: "Nothing listens there: check the URL and its port.",
  ERR_SSL_WRONG_VERSION_NUMBER: "What listens there does not speak https: try http:, or another port.",
  UND_ERR_SOCKET: "The connection was closed without an answer: try https:, or another port.",
  UntrustedCertificateError: "--pin FINGERPRINT trusts this certificate, --ca FILE the authority that signed it.",
};

/** What a user can do about a PBX that gave no answer; undefined where one came, and the message says enough. */
export const hintOf = (error: unknown): string | undefined => {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (reason === error || !(reason instanceof Error)) return undefined;
  return HINTS["code" in reason ? String(reason.code) : reason.name] ?? ADDRESS;
};
